import { logit } from '../../stats/special/logistic.ts';
import { dot, type GaussianState } from './gaussian-state.ts';
import type { ItemPosterior } from './item-posterior.ts';
import { openPanel, type PanelModel, type RaterModel, unscaledScores } from './panel-model.ts';
import { Redundancy } from './redundancy.ts';

/** A sum of squares and its count; it starts at the prior. */
interface Share {
  sum: number;
  weight: number;
}

interface RaterSums {
  readonly noise: Share;
  readonly taste: Share;
  readonly leniency: Share;
  readonly bias: Share;
  /** Pairs asked in both orders, and those answered the same way. */
  swapped: number;
  consistent: number;
  /** Of scores without a scale: count, mean, sum of squared distances (Welford). */
  scores: number;
  mean: number;
  squares: number;
}

/** As in reconciliation: compensates part of the redundancy discount. */
const logitScale = 1.5;
/** Weight of the prior, in readings. */
const priorWeight = 50;
/** Prior of a pair judge: three earlier pairs of which 70 % were answered the same way in both orders. */
const priorSwapped = 3;
const priorConsistency = 0.7;

/**
 * Learns a panel from finished items: the M step of expectation-maximisation for the variance components of
 * ItemPosterior's model (Dempster, Laird and Rubin 1977), with online sums (Cappe and Moulines 2009) and the open panel as
 * prior. Which readings are missing depends on the observed readings only, so the observed likelihood is enough (Rubin
 * 1976). It uses no labels.
 */
export class PanelLearner {
  readonly #level = share(openPanel.level);
  readonly #quality = share(openPanel.quality);
  readonly #family = share(openPanel.family);
  readonly #raters = new Map<string, RaterSums>();
  readonly #redundancy = new Redundancy();

  learn(posterior: ItemPosterior): void {
    if (posterior.taken.length === 0) return;
    this.#redundancy.add(posterior.taken.map(({ reading }) => reading));
    const { state, candidates, raters, families, taken } = posterior;
    const n = candidates.length;
    const places = candidates.map((_, c) => c);
    if (n > 1) {
      const product = (a: number, b: number) => state.mean[a]! * state.mean[b]! + covarianceAt(state, a, b);
      const pairs = places.flatMap((a) => places.filter((b) => b < a).map((b) => product(a, b)));
      const level = pairs.reduce((sum, value) => sum + value, 0) / pairs.length;
      add(this.#level, level, 1);
      for (const c of places) add(this.#quality, product(c, c) - level, 1);
    }
    const read = new Map(taken.map(({ reading: { rater } }) => [rater, raters.indexOf(rater)]));
    for (const f of families.keys())
      for (const c of places) add(this.#family, secondMoment(state, posterior.familyAt(f, c)), 1);
    for (const [rater, r] of read) {
      const sums = this.#of(rater);
      add(sums.leniency, secondMoment(state, posterior.leniencyAt(r)), 1);
      for (const c of places) add(sums.taste, secondMoment(state, posterior.tasteAt(r, c)), 1);
    }
    for (const { reading, row, value } of taken) {
      const { rater, down, scale, stable } = reading;
      const sums = this.#of(rater);
      if (stable !== null) {
        sums.swapped += 1;
        if (stable) sums.consistent += 1;
      }
      if (down !== null) continue;
      if (scale === null) {
        welford(sums, reading.value);
        continue;
      }
      const residual = value - dot(row, state.mean);
      add(sums.noise, residual * residual + dot(row, state.gain(row)), 1);
      add(sums.bias, residual, 1);
    }
  }

  model(): PanelModel {
    const raters = new Map(
      [...this.#raters].map(([id, sums]) => [id, modelOf(sums, this.#redundancy.of(id))]),
    );
    return {
      level: ratio(this.#level),
      quality: ratio(this.#quality),
      family: ratio(this.#family),
      raters,
      unknownRater: openPanel.unknownRater,
    };
  }

  #of(rater: string): RaterSums {
    const known = this.#raters.get(rater);
    if (known !== undefined) return known;
    const { noise, taste, leniency } = openPanel.unknownRater;
    const created: RaterSums = {
      noise: share(noise),
      taste: share(taste),
      leniency: share(leniency),
      bias: share(0),
      swapped: 0,
      consistent: 0,
      scores: 0,
      mean: 0,
      squares: 0,
    };
    this.#raters.set(rater, created);
    return created;
  }
}

function modelOf(sums: RaterSums, redundancy: number): RaterModel {
  const { center, spread, direction } = openPanel.unknownRater;
  const learned: RaterModel = {
    center,
    spread,
    direction,
    bias: ratio(sums.bias),
    leniency: ratio(sums.leniency),
    taste: ratio(sums.taste),
    noise: ratio(sums.noise),
    doubt:
      redundancy *
      doubtOf((sums.consistent + priorSwapped * priorConsistency) / (sums.swapped + priorSwapped)),
  };
  if (sums.scores === 0) return learned;
  const deviation = sums.scores > 1 ? Math.sqrt(sums.squares / (sums.scores - 1)) : 0;
  return {
    ...learned,
    bias: 0,
    leniency: unscaledScores.leniency,
    taste: redundancy * unscaledScores.taste,
    noise: unscaledScores.noise,
    center: sums.mean,
    spread: deviation > 0 ? deviation : spread,
  };
}

/**
 * A pair judge that flips with the order is hardly better than chance: one with order consistency c has an expected
 * accuracy of 1/2 + 0.4 c^4, as in reconciliation. A verdict of w log-odds is a reading of the difference (prior variance
 * 2 x quality) with variance 2 x quality / w.
 */
function doubtOf(consistency: number): number {
  const logOdds = logitScale * logit(0.5 + 0.4 * consistency ** 4);
  return (2 * openPanel.quality) / Math.max(logOdds, 0.01);
}

function welford(sums: RaterSums, score: number): void {
  sums.scores += 1;
  const step = score - sums.mean;
  sums.mean += step / sums.scores;
  sums.squares += step * (score - sums.mean);
}

function share(prior: number): Share {
  return { sum: prior * priorWeight, weight: priorWeight };
}

function add(to: Share, value: number, weight: number): void {
  to.sum += value;
  to.weight += weight;
}

function ratio({ sum, weight }: Share): number {
  return sum / weight;
}

function covarianceAt({ covariance, size }: GaussianState, a: number, b: number): number {
  return covariance[a * size + b]!;
}

function secondMoment(state: GaussianState, at: number): number {
  return state.mean[at]! ** 2 + covarianceAt(state, at, at);
}
