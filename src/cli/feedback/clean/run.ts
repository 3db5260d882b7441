import { resolve } from 'node:path';
import { openFeedbackStore } from '../../../app/open-feedback-store.ts';
import { loadFeedbackSettings } from '../../../config/feedback/load-feedback-settings.ts';
import { ConfigError } from '../../../domain/errors.ts';
import type { EventDecision } from '../../../domain/event-decision.ts';
import { cleanFeedback } from '../../../feedback/cleaning/clean-feedback.ts';
import { readGoldResponses } from '../../../feedback/cleaning/read-gold-responses.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { type CommandIo, line, note } from '../../io.ts';
import { cleaningText } from './text.ts';

export interface CleanFlags {
  readonly store: string;
  readonly config?: string;
  readonly gold?: string;
  readonly undo?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** Decisions in one commit. */
const batch = 5_000;

export async function cleanEvents(io: CommandIo, flags: CleanFlags): Promise<ExitCode> {
  const { cleaning: settings } = await loadFeedbackSettings(flags.config, io.cwd);
  const gold = flags.gold === undefined ? undefined : await readGoldResponses(resolve(io.cwd, flags.gold));
  const store = await openFeedbackStore(flags.store, io.cwd, { mustExist: true });
  try {
    if (flags.undo !== undefined) {
      const undone = await store.undoCleaning(flags.undo);
      if (undone === 0) {
        throw new ConfigError(`no decision of a cleaning "${flags.undo}" is in force`, [], {
          hint: '`quorate feedback list --json` shows the cleaning of each decision',
        });
      }
      if (flags.json === true) line(io, JSON.stringify({ undone: flags.undo, decisions: undone }));
      else line(io, `${undone} decisions of ${flags.undo} no longer count`);
      return exitCodes.ok;
    }
    const at = new Date().toISOString();
    const cleaning = await cleanFeedback(
      { events: store.events(), interactions: store.interactions(), ...(gold !== undefined && { gold }) },
      { cleaning: `clean-${at}`, at, settings },
    );
    let logged = 0;
    let waiting: EventDecision[] = [];
    for (const decision of cleaning.decisions()) {
      logged += 1;
      if (flags.dryRun === true) continue;
      waiting.push(decision);
      if (waiting.length < batch) continue;
      await store.logDecisions(waiting);
      waiting = [];
    }
    if (waiting.length > 0) await store.logDecisions(waiting);
    const report = { ...cleaning.report, decisions: logged };
    line(io, flags.json === true ? JSON.stringify(report, null, 2) : cleaningText(report));
    if (flags.dryRun === true) note(io, `${logged} decisions would be logged`);
    else if (logged > 0)
      note(
        io,
        `${logged} decisions logged; quorate feedback clean --undo ${report.cleaning} takes them back`,
      );
    else note(io, 'nothing new: the decisions in force stand');
    return exitCodes.ok;
  } finally {
    await store.close();
  }
}
