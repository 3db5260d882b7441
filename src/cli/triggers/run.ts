import { storyOfFiring } from '../../loop/schedule/act-on-firing.ts';
import { triggerParts } from '../../loop/schedule/loop-parts.ts';
import { assessTriggers, recordLooks } from '../../loop/triggers/assess-triggers.ts';
import { timeText } from '../../loop/triggers/measurement.ts';
import { textTable } from '../../reports/text/text-table.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line } from '../io.ts';
import { withLoop } from '../loop/open-loop.ts';

export interface TriggerFlags {
  readonly config: string;
  readonly fire?: boolean;
  readonly now?: string;
  readonly history?: boolean;
  readonly json?: boolean;
}

/** Exit code 0 when nothing is due, 1 when something is. */
export function triggers(io: CommandIo, flags: TriggerFlags): Promise<ExitCode> {
  return withLoop(io, flags.config, { now: flags.now, by: '' }, async (parts) => {
    const { loop, store } = parts;
    if (flags.history === true) {
      const firings = await store.firings();
      if (flags.json === true) line(io, JSON.stringify({ model: loop.model, firings }, null, 2));
      else {
        for (const firing of firings) {
          const { outcome } = firing;
          const what = outcome.status === 'pending' ? 'not done yet' : `${outcome.status}: ${outcome.what}`;
          line(io, `${firing.at}  ${storyOfFiring(firing)}; ${what}`);
        }
      }
      return exitCodes.ok;
    }
    const look = await triggerParts(parts);
    const looks = await assessTriggers(look);
    const fired = flags.fire === true ? await recordLooks(look, looks) : [];
    for (const { id } of fired) {
      const at = timeText(look.nowMs);
      await store.settleFiring(id, { status: 'done', at, what: 'reported by quorate triggers --fire' });
    }
    const assessments = looks.map(({ assessment }) => assessment);
    const due = assessments.filter(({ status }) => status === 'due').map(({ trigger }) => trigger);
    if (flags.json === true) {
      const at = timeText(look.nowMs);
      const ids = fired.map(({ id }) => id);
      line(io, JSON.stringify({ model: loop.model, at, due, fired: ids, triggers: assessments }, null, 2));
    } else {
      const number = (value: number | null) => (value === null ? '' : String(Number(value.toPrecision(3))));
      line(
        io,
        textTable(assessments, [
          { title: 'rule', text: ({ trigger }) => trigger },
          { title: 'status', text: ({ status }) => status.replaceAll('_', ' ') },
          { title: 'value', right: true, text: ({ evidence }) => number(evidence.value) },
          { title: 'bound', right: true, text: ({ evidence }) => number(evidence.bound) },
          { title: 'limit', right: true, text: ({ evidence }) => number(evidence.over) },
          { title: 'n', right: true, text: ({ evidence }) => String(evidence.n) },
          { title: 'unit', text: ({ evidence }) => evidence.unit },
          { title: 'does', text: ({ action }) => action },
        ]),
      );
    }
    return due.length > 0 ? exitCodes.negative : exitCodes.ok;
  });
}
