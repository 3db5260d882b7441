import type { AuthorRuns } from './author-runs.ts';
import type { EventTable } from './event-table.ts';

/** Conflicting opinions; both sides are kept. */
export interface Conflicts {
  /** Remaining weight of each row, in (0, 1]. */
  readonly factor: Float64Array;
  /** Weight of good and of bad opinions about each response. */
  readonly good: Float64Array;
  readonly bad: Float64Array;
  /** 1 for responses on which authors disagree. */
  readonly contested: Int8Array;
  /** 1 for rows of an author with both opinions about one response. */
  readonly self: Int8Array;
}

/** Marks responses with opinions on both sides if the smaller side holds at least `contestedShare` of the weight. Both sides
 * keep their proportion; each loses the smaller side's share: at 1 : 1 an opinion has weight .5, at 4 : 1 it has .8. An
 * author with both opinions about one response has one opinion there, split among these events.
 */
export function findConflicts(
  table: EventTable,
  runs: AuthorRuns,
  weight: Float64Array,
  contestedShare: number,
): Conflicts {
  const responses = table.responses.size;
  const factor = new Float64Array(table.size).fill(1);
  const self = new Int8Array(table.size);
  const good = new Float64Array(responses);
  const bad = new Float64Array(responses);
  const contested = new Int8Array(responses);
  for (const rows of bothSides(table, runs, weight)) {
    for (const row of rows) {
      self[row] = 1;
      factor[row] = 1 / rows.length;
    }
  }
  for (let row = 0; row < table.size; row += 1) {
    if (!isOpinion(table, row)) continue;
    const side = table.leaning[row]! > 0 ? good : bad;
    side[table.response[row]!]! += weight[row]! * factor[row]!;
  }
  for (let response = 0; response < responses; response += 1) {
    const smaller = Math.min(good[response]!, bad[response]!);
    if (smaller > 0 && smaller / (good[response]! + bad[response]!) >= contestedShare)
      contested[response] = 1;
  }
  for (let row = 0; row < table.size; row += 1) {
    const response = table.response[row]!;
    if (!isOpinion(table, row) || contested[response] === 0 || self[row] === 1) continue;
    factor[row]! *= 1 - Math.min(good[response]!, bad[response]!) / (good[response]! + bad[response]!);
  }
  return { factor, good, bad, contested, self };
}

function isOpinion(table: EventTable, row: number): boolean {
  return table.leaning[row] !== 0 && table.other[row] === -1;
}

/** Rows in force of one author about one response with both opinions. */
function* bothSides(table: EventTable, runs: AuthorRuns, weight: Float64Array): Generator<readonly number[]> {
  for (let author = 0; author < table.authors.size; author += 1) {
    const opinions = new Map<number, number[]>();
    for (let place = runs.start[author]!; place < runs.start[author + 1]!; place += 1) {
      const row = runs.rows[place]!;
      if (!isOpinion(table, row) || weight[row] === 0) continue;
      const known = opinions.get(table.response[row]!);
      if (known === undefined) opinions.set(table.response[row]!, [row]);
      else known.push(row);
    }
    for (const rows of opinions.values())
      if (rows.length > 1 && rows.some((row) => table.leaning[row] !== table.leaning[rows[0]!])) yield rows;
  }
}
