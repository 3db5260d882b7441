import { join } from 'node:path';
import { type CadenceTask, type TriggerId, triggerDefinition, triggerIds } from '../../domain/loop.ts';
import { writeText } from '../../files/write-lines.ts';
import { assessTriggers, recordAssessments } from '../triggers/assess-triggers.ts';
import { actOnFiring } from './act-on-firing.ts';
import { deliverSafetyAlerts } from './deliver-safety-alerts.ts';
import { type LoopParts, triggerParts } from './loop-parts.ts';
import { reviewOf } from './review.ts';
import { endOfRun, runSupervised } from './run-supervised.ts';

/** The triggers that a task assesses, in their order. */
function triggersOf(task: CadenceTask): readonly TriggerId[] {
  const place = (id: TriggerId) => triggerDefinition(id).tasks[task];
  return triggerIds.filter((id) => place(id) !== undefined).sort((a, b) => place(a)! - place(b)!);
}

/**
 * Runs one scheduled task: its triggers, its report, then the configured command.
 * @param moment scheduled time, RFC 3339; names the report
 */
export async function runTask(task: CadenceTask, moment: string, parts: LoopParts): Promise<void> {
  const { loop, store } = parts;
  if (triggersOf(task).includes('safety_flags')) await deliverSafetyAlerts(parts);
  const current = await triggerParts(parts);
  const assessments = await assessTriggers(current, triggersOf(task));
  const firings = await recordAssessments({ store, nowMs: current.nowMs }, assessments);
  if (task !== 'safety') {
    const file = join(loop.out, 'reports', `${task}-${moment.slice(0, 10)}.json`);
    const review = await reviewOf(task, current, firings);
    await writeText(file, [`${JSON.stringify(review, null, 2)}\n`]);
    parts.onLine(`${task} report: ${file}`);
  }
  for (const firing of firings) await actOnFiring(firing, parts);
  const { work } = loop.cadence[task];
  if (work === null) return;
  const folder = join(loop.out, 'actions', `${task}-${moment.replace(/[^0-9]/g, '')}`);
  const end = await runSupervised(work, { ...parts, folder, cwd: loop.folder, input: { task, moment } });
  parts.signal.throwIfAborted();
  parts.onLine(`${task}: ${endOfRun(end, folder)}`);
}
