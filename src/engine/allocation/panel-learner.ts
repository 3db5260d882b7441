import { dot, type GaussianState } from './gaussian-state.ts';
import type { ItemPosterior } from './item-posterior.ts';
import { openPanel, type PanelModel, type RaterModel } from './panel-model.ts';

/** A sum of squares and how many went into it; what it starts with is the prior. */
interface Share {
  sum: number;
  weight: number;
}

interface RaterSums {
  readonly noise: Share;
  readonly taste: Share;
  readonly leniency: Share;
  readonly bias: Share;
  readonly loading: Share;
  /** Of scores without a scale: count, mean, sum of squared distances (Welford). */
  scores: number;
  mean: number;
  squares: number;
}

/** How many readings the open panel's guesses are worth. */
const priorWeight = 50;
/** A rater's loading moves away from 1 only against this many pairs. */
const priorLoading = 8;

/**
 * Learns a panel from finished items: the M step of expectation-maximisation for the variance components of
 * ItemPosterior's model (Dempster, Laird and Rubin 1977), with the sums kept as items come in (Cappe and Moulines 2009)
 * and the open panel as prior. Which readings are missing was decided by the readings there are, so the likelihood of
 * those is enough (Rubin 1976). No labels take part.
 */
export class PanelLearner {
  readonly #level = share(openPanel.level);
  readonly #quality = share(openPanel.quality);
  readonly #family = share(openPanel.family);
  readonly #raters = new Map<string, RaterSums>();

  learn(posterior: ItemPosterior): void {
    if (posterior.taken.length === 0) return;
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
    const read = new Map(taken.map((reading) => [reading.rater, raters.indexOf(reading.rater)]));
    for (const f of families.keys())
      for (const c of places) add(this.#family, secondMoment(state, posterior.familyAt(f, c)), 1);
    for (const [rater, r] of read) {
      const sums = this.#of(rater);
      add(sums.leniency, secondMoment(state, posterior.leniencyAt(r)), 1);
      for (const c of places) add(sums.taste, secondMoment(state, posterior.tasteAt(r, c)), 1);
    }
    for (const { rater, row, value, bareScore } of taken) {
      const sums = this.#of(rater);
      const isPair = row.weight.includes(-1);
      const residual = value - dot(row, state.mean);
      const doubt = dot(row, state.gain(row));
      add(sums.noise, (residual * residual + doubt) / (isPair ? 2 : 1), 1);
      if (!isPair) add(sums.bias, residual, 1);
      else this.#learnLoading(sums, posterior, row.at[0]!, row.at[row.at.length / 2]!, value);
      if (bareScore !== null) welford(sums, bareScore);
    }
  }

  model(): PanelModel {
    const raters = new Map([...this.#raters].map(([id, sums]) => [id, modelOf(sums)]));
    return {
      level: ratio(this.#level),
      quality: ratio(this.#quality),
      family: ratio(this.#family),
      raters,
      unknownRater: openPanel.unknownRater,
    };
  }

  /** Least squares of the verdict on the believed difference, which is uncertain itself. */
  #learnLoading(
    { loading }: RaterSums,
    { state }: ItemPosterior,
    up: number,
    down: number,
    value: number,
  ): void {
    const lead = state.mean[up]! - state.mean[down]!;
    const doubt =
      covarianceAt(state, up, up) + covarianceAt(state, down, down) - 2 * covarianceAt(state, up, down);
    loading.sum += value * lead;
    loading.weight += lead * lead + doubt;
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
      loading: { sum: priorLoading, weight: priorLoading },
      scores: 0,
      mean: 0,
      squares: 0,
    };
    this.#raters.set(rater, created);
    return created;
  }
}

function modelOf(sums: RaterSums): RaterModel {
  const { center, spread } = openPanel.unknownRater;
  const deviation = sums.scores > 1 ? Math.sqrt(sums.squares / (sums.scores - 1)) : 0;
  return {
    center: sums.scores > 0 ? sums.mean : center,
    spread: deviation > 0 ? deviation : spread,
    bias: ratio(sums.bias),
    loading: ratio(sums.loading),
    leniency: ratio(sums.leniency),
    taste: ratio(sums.taste),
    noise: ratio(sums.noise),
  };
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
