/** Opinions in two orders, summed: +1 for `x`, -1 for `y`. */
export interface OrderSums {
  forward: number;
  forwardCount: number;
  reverse: number;
  reverseCount: number;
  /** Without a meaningful order. */
  orderless: number;
  orderlessCount: number;
}

/** The opinions under one criterion, such as a principle of a constitution: another question than other criteria. */
export interface CriterionSums extends OrderSums {
  readonly criterion: string;
}

/**
 * One rater's opinions of one pair, summed: +1 for `x`, -1 for `y`. `forward` was shown x first, `reverse` y first,
 * `orderless` without a meaningful order.
 */
export interface Cell extends OrderSums {
  readonly rater: number;
  /** Sum of the stated intensity of the verdicts. */
  intensity: number;
  ties: number;
  abstains: number;
  errors: number;
  /** Mean score of x minus mean score of y on the rater's own scale; NaN where there are no scores. */
  gap: number;
  /** Σ (1 - weight) over the opinions: 0 where every opinion has its full weight. */
  missingWeight: number;
  /** The part of the sums above that was given under each criterion; null where no vote names one. */
  criteria: CriterionSums[] | null;
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
    criteria: null,
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
  /** Questions decided in both orders: one for each criterion. */
  readonly twoOrders: number;
  /** How many of them had the same verdict in both orders. */
  readonly stable: number;
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
  return { lean: parts === 0 ? null : sum / parts, ...orderConsistency(cell), oneSided: orders === 1 };
}

/** Two criteria that differ are two questions, and no flip with the order. */
function orderConsistency(cell: Cell): Pick<CellReading, 'twoOrders' | 'stable'> {
  if (cell.criteria === null) return orderConsistencyOf([cell]);
  const rest = { ...cell };
  for (const part of cell.criteria) {
    rest.forward -= part.forward;
    rest.forwardCount -= part.forwardCount;
    rest.reverse -= part.reverse;
    rest.reverseCount -= part.reverseCount;
  }
  return orderConsistencyOf([...cell.criteria, rest]);
}

function orderConsistencyOf(questions: readonly OrderSums[]): Pick<CellReading, 'twoOrders' | 'stable'> {
  const asked = questions.filter(
    ({ forward, forwardCount, reverse, reverseCount }) =>
      forwardCount > 0 && reverseCount > 0 && (forward !== 0 || reverse !== 0),
  );
  return {
    twoOrders: asked.length,
    stable: asked.filter(({ forward, reverse }) => forward * reverse > 0).length,
  };
}
