import type { PairOpinions } from './opinions.ts';

/** How much one rater's full-strength opinion moves the log-odds, and why. */
export interface RaterWeight {
  /** Log-odds per unit of opinion. */
  readonly logOdds: number;
  /** Share of two-order questions answered the same way; null where never asked in two orders. */
  readonly consistency: number | null;
  /** Agreement with the labels or with the others, in [0, 1], shrunk towards one half. */
  readonly agreement: number;
  /** Pairs that the agreement rests on. */
  readonly support: number;
}

/** Imagined earlier pairs: a rater nobody knows yet is taken to be a little better than chance. */
const priorAgreements = 5;
const priorMeetings = 8;

/**
 * Without labels: weight = consistency^3 x (leave-one-out agreement above chance). A judge that changes its mind with
 * the order, or that agrees with nobody, says little. @param raters how many raters the table has.
 */
export function weightsWithoutLabels(pairs: readonly PairOpinions[], raters: number): RaterWeight[] {
  const stable = new Float64Array(raters);
  const asked = new Float64Array(raters);
  const agreed = new Float64Array(raters);
  const met = new Float64Array(raters);
  for (const { opinions } of pairs) {
    let total = 0;
    for (const opinion of opinions) {
      total += opinion.value * opinion.weight;
      if (opinion.flipped || opinion.stable) asked[opinion.rater]! += 1;
      if (opinion.stable) stable[opinion.rater]! += 1;
    }
    for (const opinion of opinions) {
      const others = total - opinion.value * opinion.weight;
      if (opinion.value === 0 || others === 0) continue;
      met[opinion.rater]! += 1;
      if (opinion.value * others > 0) agreed[opinion.rater]! += 1;
    }
  }
  return Array.from(agreed, (agreements, rater) => {
    const agreement = (agreements + priorAgreements) / (met[rater]! + priorMeetings);
    const consistency = asked[rater] === 0 ? null : stable[rater]! / asked[rater]!;
    const trust = (consistency ?? 1) ** 3 * Math.max(0, 2 * agreement - 1);
    return { logOdds: trust, consistency, agreement, support: met[rater]! };
  });
}

/** With labels: the log-odds of a rater's accuracy on them (Nitzan and Paroush 1982), shrunk by 5 right of 8 imagined pairs. */
export function weightsFromLabels(
  pairs: readonly PairOpinions[],
  targets: ReadonlyMap<PairOpinions, number>,
  free: readonly RaterWeight[],
): RaterWeight[] {
  const right = new Float64Array(free.length);
  const met = new Float64Array(free.length);
  for (const pair of pairs) {
    const target = targets.get(pair);
    if (target === undefined) continue;
    for (const opinion of pair.opinions) {
      if (opinion.value === 0) continue;
      met[opinion.rater]! += 1;
      right[opinion.rater]! += opinion.value > 0 ? target : 1 - target;
    }
  }
  return free.map((weight, rater) => {
    const accuracy = (right[rater]! + priorAgreements) / (met[rater]! + priorMeetings);
    return {
      ...weight,
      agreement: accuracy,
      support: met[rater]!,
      logOdds: Math.log(accuracy / (1 - accuracy)),
    };
  });
}

/** Sum of opinion x weight over the raters of a pair, in favour of x. */
export function scorePair(pair: PairOpinions, weights: readonly RaterWeight[]): number {
  let score = 0;
  for (const opinion of pair.opinions) {
    score += opinion.value * opinion.weight * weights[opinion.rater]!.logOdds;
  }
  return score;
}
