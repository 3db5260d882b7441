import { checkTriggers, firingHistory } from '../../app/loop/check-triggers.ts';
import type { Firing } from '../../domain/firing.ts';
import { storyOfFiring } from '../../loop/schedule/act-on-firing.ts';
import type { Assessment } from '../../loop/triggers/assess-triggers.ts';
import { textTable } from '../../reports/text/text-table.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line } from '../io.ts';
import { contextAt, type LoopFileFlags, loopFile } from '../loop/options.ts';
import { requireConsentToLoop } from '../trust/require-consent.ts';

export interface TriggerFlags extends LoopFileFlags {
  readonly ack?: boolean;
  readonly trust?: boolean;
  readonly now?: string;
  readonly history?: boolean;
  readonly json?: boolean;
}

/** `quorate triggers`. */
export async function runTriggers(io: CommandIo, flags: TriggerFlags): Promise<ExitCode> {
  const context = contextAt(io, flags.now);
  const file = loopFile(io, flags);
  // it opens the stores, but runs no command
  await requireConsentToLoop(io, file, { ...flags, allowCommands: true });
  if (flags.history === true) {
    const history = await firingHistory(file, context);
    if (flags.json === true) line(io, JSON.stringify(history, null, 2));
    else for (const text of historyLines(history.firings)) line(io, text);
    return exitCodes.ok;
  }
  const checked = await checkTriggers(file, flags.ack === true, context);
  line(io, flags.json === true ? JSON.stringify(checked, null, 2) : triggerTable(checked.triggers));
  return checked.due.length > 0 ? exitCodes.negative : exitCodes.ok;
}

function triggerTable(assessments: readonly Assessment[]): string {
  const number = (value: number | null) => (value === null ? '' : String(Number(value.toPrecision(3))));
  return textTable(assessments, [
    { title: 'trigger', text: ({ trigger }) => trigger },
    { title: 'status', text: ({ status }) => status.replaceAll('_', ' ') },
    { title: 'value', right: true, text: ({ evidence }) => number(evidence.value) },
    { title: 'bound', right: true, text: ({ evidence }) => number(evidence.bound) },
    { title: 'limit', right: true, text: ({ evidence }) => number(evidence.over) },
    { title: 'n', right: true, text: ({ evidence }) => String(evidence.n) },
    { title: 'unit', text: ({ evidence }) => evidence.unit },
    { title: 'action', text: ({ action }) => action },
  ]);
}

function historyLines(firings: readonly Firing[]): string[] {
  return firings.map((firing) => {
    const { outcome } = firing;
    const what = outcome.status === 'pending' ? 'pending' : `${outcome.status}: ${outcome.what}`;
    return `${firing.at}  ${storyOfFiring(firing)}; ${what}`;
  });
}
