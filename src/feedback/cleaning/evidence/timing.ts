import type { CleaningSettings } from '../../../domain/feedback-settings.ts';
import type { AuthorRuns } from '../author-runs.ts';
import { type EventTable, kindNames } from '../event-table.ts';
import { type Counts, countsFor, forgetCommonHabit, isMostly } from './common-habit.ts';

/** Counts of timing patterns by author. */
export interface TimingCounts {
  /** Judgements faster than the text can be skimmed. */
  readonly fast: Counts;
  /** Steps from one response to the next within the shortest plausible gap. */
  readonly burst: Counts;
  /** Gaps within 15 % of the author's commonest gap (that gap itself left out). */
  readonly regular: Counts;
  /** Sources whose times carry no information: most of their authors appear to be machines. */
  readonly untimedSources: readonly string[];
}

const implicitKinds = new Set(['retry', 'copy', 'regenerate', 'dwell', 'session_length', 'survey']);
const isJudgement = kindNames.map((name) => !implicitKinds.has(name));
/** Half the width of the window of equal gaps, in ln seconds. */
const equalGap = 0.15;
const minGaps = 6;

/** Counts over each author's visits. A visit is a run of events about one response: a thumb and its comment belong together. A
 * judgement is timed from the serving of the response, or else from the author's previous visit.
 * @param served serving time of each response (ms), NaN if unknown; indexed as `table.responses`
 */
export function countTimings(
  table: EventTable,
  runs: AuthorRuns,
  served: Float64Array,
  settings: CleaningSettings,
): TimingCounts {
  const authors = table.authors.size;
  const fast = countsFor(authors);
  const burst = countsFor(authors);
  const regular = countsFor(authors);
  for (let author = 0; author < authors; author += 1) {
    const gaps: number[] = [];
    let visit = -1;
    let lastAt = Number.NaN;
    for (let place = runs.start[author]!; place < runs.start[author + 1]!; place += 1) {
      const row = runs.rows[place]!;
      const at = table.at[row]!;
      if (Number.isNaN(at) || !isJudgement[table.kind[row]!]) continue;
      const subject = table.response[row]!;
      if (subject === visit) {
        lastAt = at;
        continue;
      }
      const gap = (at - lastAt) / 1000;
      const sinceServed = (at - served[subject]!) / 1000;
      // clocks may disagree: a judgement before the serving time is not timed by it
      const taken = sinceServed >= 0 ? sinceServed : gap;
      if (!Number.isNaN(taken)) {
        fast.n[author]! += 1;
        const reading = table.characters[row]! / settings.charactersPerSecond;
        if (taken < Math.min(settings.longestReadingSeconds, 0.7 + reading)) fast.k[author]! += 1;
      }
      if (!Number.isNaN(gap)) {
        burst.n[author]! += 1;
        if (gap < settings.shortestGapSeconds) burst.k[author]! += 1;
        gaps.push(gap);
      }
      visit = subject;
      lastAt = at;
    }
    if (gaps.length < minGaps) continue;
    regular.n[author] = gaps.length - 1;
    regular.k[author] = mostEqual(gaps) - 1;
  }
  const untimedSources = forgetCommonHabit(table, runs, isMostly(fast), [fast, burst, regular]);
  return { fast, burst, regular, untimedSources };
}

/** Largest number of gaps within one window of ±15 %. */
function mostEqual(gaps: readonly number[]): number {
  const logs = Float64Array.from(gaps, (gap) => Math.log(Math.max(gap, 0.02))).sort();
  let most = 0;
  let first = 0;
  logs.forEach((value, last) => {
    while (value - logs[first]! > 2 * equalGap) first += 1;
    most = Math.max(most, last - first + 1);
  });
  return most;
}
