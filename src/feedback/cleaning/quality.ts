import { sigmoid } from '../../stats/special/logistic.ts';
import type { Consensus } from './consensus.ts';

/** Expected correct and wrong answers of each author, under the posterior of the other authors. */
interface Table {
  readonly cells: Float64Array;
  readonly opinions: Int32Array;
}

/** Quality of each author's opinions. */
export interface AuthorQuality {
  /** Weight of an opinion relative to the population average, in [floor, 1]. */
  readonly weight: Float64Array;
  /** Opinions that another author also has. */
  readonly compared: Int32Array;
  /** Youden's J of each author, shrunk; 0 is as informative as a coin. */
  readonly skill: Float64Array;
  /** J of the population. */
  readonly averageSkill: number;
}

/** Quality: J of the author's two-coin model against the other authors (leave-one-out posterior; gold is certain), shrunk
 * towards the population by `prior` opinions per side, divided by the population's J. Ratings and comparisons are pooled by
 * their numbers of opinions. A constant answer tends to J = 0.
 */
export function scoreAuthors(
  consensus: readonly Consensus[],
  authors: number,
  trust: Int8Array,
  { prior, floor }: { readonly prior: number; readonly floor: number },
): AuthorQuality {
  const weight = new Float64Array(authors).fill(1);
  const skill = new Float64Array(authors);
  const compared = new Int32Array(authors);
  const parts = consensus.map((one) => {
    const table = tableOf(one, authors);
    return { table, average: averageOf(table, trust) };
  });
  let total = 0;
  let sum = 0;
  for (let author = 0; author < authors; author += 1) {
    let worth = 0;
    let own = 0;
    for (const { table, average } of parts) {
      const opinions = table.opinions[author]!;
      if (opinions === 0) continue;
      const value = youden(table.cells.subarray(author * 4, author * 4 + 4), average, prior);
      worth += opinions * Math.min(1, Math.max(floor, value / Math.max(0.05, youdenOf(average))));
      own += opinions * value;
      compared[author]! += opinions;
    }
    if (compared[author] === 0) continue;
    weight[author] = worth / compared[author]!;
    skill[author] = own / compared[author]!;
    if (trust[author] === 0) continue;
    total += compared[author]!;
    sum += own;
  }
  return { weight, compared, skill, averageSkill: total > 0 ? sum / total : 0 };
}

/** cells[author]: answers 0 and 1 for truth 0, then answers 0 and 1 for truth 1. */
function tableOf({ start, said, others }: Consensus, authors: number): Table {
  const cells = new Float64Array(authors * 4);
  const opinions = new Int32Array(authors);
  for (let author = 0; author < authors; author += 1) {
    for (let at = start[author]!; at < start[author + 1]!; at += 1) {
      if (others[at] === 0) continue;
      const truth = sigmoid(others[at]!);
      cells[author * 4 + said[at]!]! += 1 - truth;
      cells[author * 4 + 2 + said[at]!]! += truth;
      opinions[author]! += 1;
    }
  }
  return { cells, opinions };
}

/** P(answer 1 | truth 0) and P(answer 1 | truth 1) over all trusted authors. */
function averageOf({ cells }: Table, trust: Int8Array): readonly [number, number] {
  const sums = [1, 1, 1, 1] as [number, number, number, number];
  trust.forEach((trusted, author) => {
    if (trusted === 1) for (let cell = 0; cell < 4; cell += 1) sums[cell]! += cells[author * 4 + cell]!;
  });
  return [sums[1] / (sums[0] + sums[1]), sums[3] / (sums[2] + sums[3])];
}

function youden(cells: Float64Array, average: readonly [number, number], prior: number): number {
  const falseAlarm = (cells[1]! + prior * average[0]) / (cells[0]! + cells[1]! + prior);
  const hit = (cells[3]! + prior * average[1]) / (cells[2]! + cells[3]! + prior);
  return hit - falseAlarm;
}

const youdenOf = ([falseAlarm, hit]: readonly [number, number]) => hit - falseAlarm;
