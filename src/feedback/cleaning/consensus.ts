import { type DawidSkeneFit, fitDawidSkene } from '../../stats/rater-models/dawid-skene.ts';
import { type AuthorRuns, rowsBy } from './author-runs.ts';
import { comparisonKind, type EventTable } from './event-table.ts';
import type { Gold } from './evidence/answers.ts';

/** Each author's opinions in force, with the posterior of the other authors on the same subject. */
export interface Consensus {
  /** Opinions of author a are [start[a], start[a + 1]). */
  readonly start: Int32Array;
  /** 1 or 0: good or bad; of a pair, whether the response whose id sorts first was preferred. */
  readonly said: Int8Array;
  /** ln odds of 1 from gold and all other authors, without the author's own opinion; 0 if there is no other opinion. */
  readonly others: Float64Array;
}

/** Opinions by author and response or pair. */
export interface Opinions {
  readonly author: Int32Array;
  readonly task: Int32Array;
  readonly said: Int8Array;
  readonly taskCount: number;
  /** Known label of each task, -1 where unknown. */
  readonly gold: Int32Array;
}

const iterations = 20;
/** ln odds from gold labels. */
const certain = 20;

/** Fits opinions about responses or pairs with the two-coin model of Dawid & Skene (1979), as for the votes of judges.
 * Authors with `trust` 0 do not contribute to the consensus.
 */
export function agreeOn(opinions: Opinions, trust: Int8Array): Consensus {
  const { author, task, said, taskCount } = opinions;
  const counted = new Int32Array(taskCount);
  for (let at = 0; at < task.length; at += 1) counted[task[at]!]! += trust[author[at]!]!;
  const fit = fitCounted(opinions, counted, trust);
  const others = new Float64Array(task.length);
  for (let at = 0; at < task.length; at += 1) {
    const own = trust[author[at]!]!;
    const known = opinions.gold[task[at]!]!;
    if (known >= 0) others[at] = known === 1 ? certain : -certain;
    else if (counted[task[at]!]! > own && fit.task[task[at]!]! >= 0)
      others[at] = oddsWithout(fit, fit.task[task[at]!]!, own === 1 ? author[at]! : -1, said[at]!);
  }
  const start = new Int32Array(trust.length + 1);
  for (const by of author) start[by + 1]! += 1;
  for (let at = 0; at < trust.length; at += 1) start[at + 1]! += start[at]!;
  return { start, said, others };
}

/** The rater model on subjects with at least two authors: a single opinion says nothing about its author. */
function fitCounted(
  { author, task, said, taskCount, gold }: Opinions,
  counted: Int32Array,
  trust: Int8Array,
): DawidSkeneFit & { readonly task: Int32Array } {
  const dense = new Int32Array(taskCount).fill(-1);
  const known: number[] = [];
  const usable: number[] = [];
  for (let at = 0; at < task.length; at += 1) {
    const about = task[at]!;
    if (trust[author[at]!] === 0 || (counted[about]! < 2 && gold[about]! < 0)) continue;
    usable.push(at);
    if (dense[about] === -1) dense[about] = known.push(gold[about]!) - 1;
  }
  const fit = fitDawidSkene(
    {
      taskCount: known.length,
      raterCount: trust.length,
      labelCount: 2,
      task: Int32Array.from(usable, (at) => dense[task[at]!]!),
      rater: Int32Array.from(usable, (at) => author[at]!),
      label: Int32Array.from(usable, (at) => said[at]!),
    },
    { gold: Int32Array.from(known), smoothing: 2, maxIterations: iterations, tolerance: 1e-6 },
  );
  return { ...fit, task: dense };
}

/** ln odds of label 1, with one author's own opinion removed. */
function oddsWithout(fit: DawidSkeneFit, task: number, author: number, said: number): number {
  const odds = Math.log(fit.posterior[task * 2 + 1]! / fit.posterior[task * 2]!);
  if (author < 0) return odds;
  const cell = author * 4 + said;
  return odds - Math.log(fit.confusion[cell + 2]! / fit.confusion[cell]!);
}

/** The opinions in force about responses (`rating`) or pairs (`comparison`), in author order; the last of several opinions
 * of one author about one subject counts.
 */
export function opinionsOf(
  kind: 'rating' | 'comparison',
  table: EventTable,
  runs: AuthorRuns,
  duplicate: Int8Array,
  gold: Gold,
): Opinions {
  const subject = kind === 'rating' ? table.response : pairsOf(table);
  const author: number[] = [];
  const subjects: number[] = [];
  const said: number[] = [];
  for (let by = 0; by < table.authors.size; by += 1) {
    const last = new Map<number, number>();
    for (let place = runs.start[by]!; place < runs.start[by + 1]!; place += 1) {
      const row = runs.rows[place]!;
      if (duplicate[row] !== 0 || table.leaning[row] === 0) continue;
      if ((table.kind[row] === comparisonKind) === (kind === 'comparison')) last.set(subject[row]!, row);
    }
    for (const [about, row] of last) {
      author.push(by);
      subjects.push(about);
      const flipped = kind === 'comparison' && !isFirst(table, row);
      said.push(table.leaning[row]! > 0 === flipped ? 0 : 1);
    }
  }
  const known = new Int32Array(kind === 'rating' ? table.responses.size : table.size).fill(-1);
  if (kind === 'rating') {
    gold.forEach((value, response) => {
      if (value !== 0) known[response] = value > 0 ? 1 : 0;
    });
  }
  return {
    author: Int32Array.from(author),
    task: Int32Array.from(subjects),
    said: Int8Array.from(said),
    taskCount: known.length,
    gold: known,
  };
}

/** Whether this response's id sorts before the other's: by name, since indices depend on the order of arrival. */
function isFirst({ responses, response, other }: EventTable, row: number): boolean {
  return responses.text(response[row]!) < responses.text(other[row]!);
}

/** Index of each row's unordered pair of responses: the smallest row of the same pair; -1 without a pair. */
function pairsOf(table: EventTable): Int32Array {
  const pair = new Int32Array(table.size).fill(-1);
  const low = table.response.subarray(0, table.size).map((response, row) => {
    const other = table.other[row]!;
    return other < 0 ? -1 : Math.min(response, other);
  });
  const { start, rows } = rowsBy(low, table.responses.size);
  for (let response = 0; response < table.responses.size; response += 1) {
    const first = new Map<number, number>();
    for (let place = start[response]!; place < start[response + 1]!; place += 1) {
      const row = rows[place]!;
      const high = Math.max(table.response[row]!, table.other[row]!);
      const known = first.get(high);
      pair[row] = known ?? row;
      if (known === undefined) first.set(high, row);
    }
  }
  return pair;
}
