import { ConfigError } from '../../domain/errors.ts';
import type { EventDecision } from '../../domain/feedback-event.ts';
import type { CleaningSettings } from '../../domain/feedback-settings.ts';
import { cleanFeedback } from '../../feedback/cleaning/clean-feedback.ts';
import type { CleaningReport } from '../../feedback/cleaning/cleaning-report.ts';
import { readRecords } from '../../files/read-records.ts';
import { RecordFields } from '../../files/record-fields.ts';
import type { AppContext } from '../context.ts';
import { withFeedback } from '../stores/feedback-stores.ts';

/** Decisions in one commit. */
const batch = 5_000;

export interface CleanRequest {
  readonly store: string;
  readonly settings: CleaningSettings;
  /** File of responses of known quality. */
  readonly gold?: string | undefined;
  /** Decides, but records nothing. */
  readonly dryRun: boolean;
}

export interface CleanedEvents extends CleaningReport {
  /** Decisions that differ from those in force: recorded, unless in a dry run. */
  readonly decisions: number;
}

/** Weighs every event: duplicates, bots and attackers, quality of authors, conflicts. Deletes nothing. */
export async function cleanEvents(
  { store: file, settings, gold: goldFile, dryRun }: CleanRequest,
  { clock }: AppContext,
): Promise<CleanedEvents> {
  const gold = goldFile === undefined ? undefined : await readGoldResponses(goldFile);
  return withFeedback(file, async (store) => {
    const at = new Date(clock.now()).toISOString();
    const cleaning = await cleanFeedback(
      { events: store.events(), interactions: store.interactions(), ...(gold !== undefined && { gold }) },
      { cleaning: `clean-${at}`, at, settings },
    );
    let decisions = 0;
    let waiting: EventDecision[] = [];
    for (const decision of cleaning.decisions()) {
      decisions += 1;
      if (dryRun) continue;
      waiting.push(decision);
      if (waiting.length < batch) continue;
      await store.logDecisions(waiting);
      waiting = [];
    }
    if (waiting.length > 0) await store.logDecisions(waiting);
    return { ...cleaning.report, decisions };
  });
}

/** Takes back the decisions of one cleaning. @returns how many @throws ConfigError where none is in force */
export function undoCleaning(file: string, cleaning: string): Promise<number> {
  return withFeedback(file, async (store) => {
    const undone = await store.undoCleaning(cleaning);
    if (undone > 0) return undone;
    throw new ConfigError(`no decision of a cleaning "${cleaning}" is in force`, [], {
      hint: '`quorate feedback list --json` prints the cleaning of each decision',
    });
  });
}

/** Responses of known quality (JSONL): `{"response_id", "quality": "good" | "bad"}`. @throws InputError naming the line */
async function readGoldResponses(file: string): Promise<Map<string, 'good' | 'bad'>> {
  const gold = new Map<string, 'good' | 'bad'>();
  for await (const { line, record } of readRecords(file)) {
    const fields = new RecordFields(file, line, record);
    gold.set(fields.id('response_id'), fields.oneOf('quality', ['good', 'bad']));
  }
  return gold;
}
