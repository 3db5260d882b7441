/**
 * One rater's opinions of one pair, summed: +1 for `x`, -1 for `y`. `forward` was shown x first, `reverse` y first,
 * `orderless` without a meaningful order.
 */
export interface Cell {
  readonly rater: number;
  forward: number;
  forwardCount: number;
  reverse: number;
  reverseCount: number;
  orderless: number;
  orderlessCount: number;
  /** Sum of the stated intensity of the verdicts. */
  intensity: number;
  ties: number;
  abstains: number;
  errors: number;
  /** Mean score of x minus mean score of y on the rater's own scale; NaN where there are no scores. */
  gap: number;
  /** Σ (1 - weight) over the opinions: 0 where every opinion has its full weight. */
  missingWeight: number;
}

/** One rater's scores of one candidate. */
export interface ScoreCell {
  readonly rater: number;
  /** Σ weight · score and Σ weight. */
  sum: number;
  count: number;
  /** Scores that count, whatever their weight. */
  scores: number;
  abstains: number;
  errors: number;
  /** Ends of the scale that the votes state; NaN where they state none. */
  scaleMin: number;
  scaleMax: number;
}

export function emptyScoreCell(rater: number): ScoreCell {
  return {
    rater,
    sum: 0,
    count: 0,
    scores: 0,
    abstains: 0,
    errors: 0,
    scaleMin: Number.NaN,
    scaleMax: Number.NaN,
  };
}

export function emptyCell(rater: number): Cell {
  return {
    rater,
    forward: 0,
    forwardCount: 0,
    reverse: 0,
    reverseCount: 0,
    orderless: 0,
    orderlessCount: 0,
    intensity: 0,
    ties: 0,
    abstains: 0,
    errors: 0,
    gap: Number.NaN,
    missingWeight: 0,
  };
}

/** Mean weight of a rater's opinions of a pair, in (0, 1]. */
export function weightOfCell(cell: Cell): number {
  const opinions =
    cell.forwardCount + cell.reverseCount + cell.orderlessCount + (Number.isNaN(cell.gap) ? 0 : 1);
  return opinions === 0 ? 1 : 1 - cell.missingWeight / opinions;
}

/** Mean weight of a rater's scores of a candidate, in (0, 1]. */
export function weightOfScores({ count, scores }: ScoreCell): number {
  return scores === 0 ? 1 : count / scores;
}

/** One rater's opinion of a pair, both orders combined. */
export interface CellReading {
  /** In [-1, 1], +1 for x; null where it gave no opinion. A flip is 0. */
  readonly lean: number | null;
  /** Whether the verdict stayed the same when the order was swapped; null where not asked in both orders. */
  readonly stable: boolean | null;
  /** True where one of two orders is missing or unreadable. */
  readonly oneSided: boolean;
}

export function readCell(cell: Cell): CellReading {
  const { forwardCount, reverseCount, orderlessCount } = cell;
  const forward = forwardCount === 0 ? 0 : cell.forward / forwardCount;
  const reverse = reverseCount === 0 ? 0 : cell.reverse / reverseCount;
  const orders = Math.min(1, forwardCount) + Math.min(1, reverseCount);
  let sum = 0;
  let parts = 0;
  if (orders > 0) {
    sum += (forward + reverse) / orders;
    parts += 1;
  }
  if (orderlessCount > 0) {
    sum += cell.orderless / orderlessCount;
    parts += 1;
  }
  if (!Number.isNaN(cell.gap)) {
    sum += Math.sign(cell.gap);
    parts += 1;
  }
  const agreement = forward * reverse;
  return {
    lean: parts === 0 ? null : sum / parts,
    stable: orders < 2 || (forward === 0 && reverse === 0) ? null : agreement > 0,
    oneSided: orders === 1,
  };
}
