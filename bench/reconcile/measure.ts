import type { Preference } from '../../src/domain/preference.ts';
import type { Vote } from '../../src/domain/vote.ts';
import { expectedCalibrationError } from '../../src/stats/calibration/reliability-bins.ts';
import { seededRandom, shuffled } from '../../src/stats/random.ts';
import type { Panel } from './panels.ts';

export interface Measures {
  readonly accuracy: number;
  readonly ece: number;
  readonly brier: number;
  /** Share of the pairs kept when the surest are taken down to where 90 % of them are right. */
  readonly kept: number;
  /** ECE that a perfectly calibrated predictor of the same confidences shows on average at this size. */
  readonly eceFloor: number;
  /** The ECE to expect at 170 pairs: the error beyond the floor stays, the floor shrinks. */
  readonly eceAt170: number;
}

/** @param gold item -> preferred candidate */
export function measure(preferences: readonly Preference[], gold: ReadonlyMap<string, string>): Measures {
  const judged = preferences.flatMap(({ item, chosen, probability }) => {
    const truth = gold.get(item);
    if (truth === undefined) return [];
    return [{ confidence: probability, right: probability === 0.5 ? 0.5 : chosen === truth ? 1 : 0 }];
  });
  const confidence = judged.map((one) => one.confidence);
  const right = judged.map((one) => one.right);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const ece = eceOf(confidence, right);
  const eceFloor = floorOf(confidence, confidence.length);
  const floorAt170 = floorOf(confidence, 170);
  return {
    accuracy: mean(right),
    ece,
    brier: mean(judged.map((one) => (one.confidence === 0.5 ? 0.25 : (one.confidence - one.right) ** 2))),
    kept: keptAt(confidence, right, 0.9),
    eceFloor,
    eceAt170: Math.sqrt(Math.max(0, ece ** 2 - eceFloor ** 2) + floorAt170 ** 2),
  };
}

function eceOf(confidence: readonly number[], right: readonly number[]): number {
  const estimate = expectedCalibrationError(confidence, right);
  return estimate.defined ? estimate.value : 0;
}

function floorOf(confidence: readonly number[], size: number): number {
  const random = seededRandom('floor');
  let sum = 0;
  const repeats = 20;
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const drawn = Array.from({ length: size }, (_, index) =>
      size === confidence.length ? confidence[index]! : confidence[Math.floor(random() * confidence.length)]!,
    );
    sum += eceOf(
      drawn,
      drawn.map((p) => (random() < p ? 1 : 0)),
    );
  }
  return sum / repeats;
}

function keptAt(confidence: readonly number[], right: readonly number[], precision: number): number {
  const order = [...confidence.keys()].sort((one, other) => confidence[other]! - confidence[one]!);
  let sum = 0;
  let kept = 0;
  for (const [index, place] of order.entries()) {
    sum += right[place]!;
    const next = order[index + 1];
    if (next !== undefined && confidence[next] === confidence[place]) continue;
    if (sum / (index + 1) >= precision) kept = index + 1;
  }
  return kept / order.length;
}

/** Labels of about `count` items, whole clusters at a time, and the gold of the others. */
export function drawLabels(
  panel: Panel,
  count: number,
  seed: number,
): { labels: readonly Vote[]; gold: ReadonlyMap<string, string> } {
  const clusterOf = new Map(panel.items.map(({ id, cluster }) => [id, cluster ?? id]));
  const byCluster = new Map<string, Vote[]>();
  for (const label of panel.labels) {
    const cluster = clusterOf.get(label.item)!;
    byCluster.set(cluster, [...(byCluster.get(cluster) ?? []), label]);
  }
  const drawn: Vote[] = [];
  const gold = new Map<string, string>();
  let full = false;
  for (const cluster of shuffled([...byCluster.keys()].sort(), seededRandom(`draw ${seed}`))) {
    const labels = byCluster.get(cluster)!;
    full ||= drawn.length + labels.length > count;
    if (!full) drawn.push(...labels);
    else {
      for (const label of labels) {
        if (label.kind === 'pairwise' && label.preferred !== undefined) gold.set(label.item, label.preferred);
      }
    }
  }
  return { labels: drawn, gold };
}

/** Accuracy of the plain majority of orders, and of the judge that was best on the labels: the yardsticks. */
export function yardstick(
  panel: Panel,
  labels: readonly Vote[],
  gold: ReadonlyMap<string, string>,
): { majority: number; bestJudge: number } {
  const leans = leansOf(panel);
  const known = new Map(
    labels.flatMap((label) =>
      label.kind === 'pairwise' && label.preferred !== undefined
        ? [[label.item, label.preferred] as const]
        : [],
    ),
  );
  const accuracyOf = (lean: ReadonlyMap<string, number>, truth: ReadonlyMap<string, string>) => {
    let sum = 0;
    for (const [item, preferred] of truth) {
      const value = lean.get(item) ?? 0;
      sum += value === 0 ? 0.5 : value > 0 === (preferred === 'a') ? 1 : 0;
    }
    return sum / Math.max(1, truth.size);
  };
  let best = { labelled: -1, test: 0 };
  const total = new Map<string, number>();
  for (const lean of leans.values()) {
    const labelled = accuracyOf(lean.order, known);
    if (labelled > best.labelled) best = { labelled, test: accuracyOf(lean.order, gold) };
    for (const [item, value] of lean.votes) total.set(item, (total.get(item) ?? 0) + value);
  }
  return { majority: accuracyOf(total, gold), bestJudge: best.test };
}

/** Per rater and item: its order-averaged side, and its votes added up, for candidate a. */
function leansOf(panel: Panel): Map<string, { order: Map<string, number>; votes: Map<string, number> }> {
  const raters = new Map<string, { order: Map<string, number>; votes: Map<string, number> }>();
  const scores = new Map<string, number>();
  const countOf = new Map<string, number>();
  for (const vote of panel.votes) {
    if (vote.kind !== 'pointwise' || vote.score === undefined) continue;
    const key = JSON.stringify([vote.rater, vote.item, vote.candidate]);
    scores.set(key, (scores.get(key) ?? 0) + vote.score);
    countOf.set(key, (countOf.get(key) ?? 0) + 1);
  }
  const of = (rater: string) => {
    const known = raters.get(rater) ?? { order: new Map(), votes: new Map() };
    raters.set(rater, known);
    return known;
  };
  for (const vote of panel.votes) {
    if (vote.kind === 'pairwise' && vote.preferred !== undefined) {
      const side = vote.preferred === 'a' ? 1 : -1;
      const { order, votes } = of(vote.rater);
      order.set(vote.item, (order.get(vote.item) ?? 0) + side);
      votes.set(vote.item, (votes.get(vote.item) ?? 0) + side);
    }
    if (vote.kind === 'pointwise' && vote.candidate === 'a') {
      const ofA = JSON.stringify([vote.rater, vote.item, 'a']);
      const ofB = JSON.stringify([vote.rater, vote.item, 'b']);
      if (!countOf.has(ofA) || !countOf.has(ofB)) continue;
      const gap = scores.get(ofA)! / countOf.get(ofA)! - scores.get(ofB)! / countOf.get(ofB)!;
      of(vote.rater).order.set(vote.item, Math.sign(gap));
      of(vote.rater).votes.set(vote.item, Math.sign(gap));
    }
  }
  return raters;
}
