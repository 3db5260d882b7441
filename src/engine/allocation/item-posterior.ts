import type { Vote } from '../../domain/vote.ts';
import type { ItemEstimate, OfferedTask } from '../../ports/allocation.ts';
import { normalCdf } from '../../stats/special/normal.ts';
import { GaussianState, type ReadingRow } from './gaussian-state.ts';
import { type PanelModel, type RaterModel, scaled } from './panel-model.ts';
import { type Reading, readingsOf } from './reading.ts';

/** A reading that the posterior includes, in units of quality. */
export interface TakenReading {
  readonly row: ReadingRow;
  /** With the rater's bias subtracted. */
  readonly value: number;
  readonly reading: Reading;
}

/** Share of a pair judge's variance that repeats when it is asked again. */
const persistentDoubt = 2 / 3;

/**
 * The posterior of one item. A rater's verdict on a response is the quality of the response plus an effect of the rater's
 * family and one of the rater on this response, plus the rater's leniency on this item, plus noise. A second sample of a
 * rater is therefore less informative than a first sample of another, and two raters of one family less than two of
 * different families.
 */
export class ItemPosterior {
  readonly candidates: readonly string[];
  readonly raters: readonly string[];
  readonly families: readonly string[];
  readonly state: GaussianState;
  readonly taken: TakenReading[] = [];
  readonly #familyOf: readonly number[];
  readonly #vetoed = new Set<string>();
  readonly #offered: readonly OfferedTask[];
  readonly #model: PanelModel;

  constructor(candidates: readonly string[], offered: readonly OfferedTask[], model: PanelModel) {
    const familyOf = new Map(offered.map(({ rater, family }) => [rater, family]));
    this.candidates = candidates;
    this.raters = [...familyOf.keys()].sort();
    this.families = [...new Set([...familyOf.values()].filter((name) => name !== null))].sort();
    this.#familyOf = this.raters.map((rater) => this.families.indexOf(familyOf.get(rater) ?? ''));
    this.#offered = offered;
    this.#model = model;
    const n = candidates.length;
    this.state = new GaussianState(n + this.raters.length * (n + 1) + this.families.length * n);
    const { covariance, size } = this.state;
    for (let a = 0; a < n; a += 1) {
      for (let b = 0; b < n; b += 1) covariance[a * size + b] = model.level + (a === b ? model.quality : 0);
    }
    for (const [r, id] of this.raters.entries()) {
      const { leniency, taste } = this.rater(id);
      covariance[this.leniencyAt(r) * (size + 1)] = leniency;
      for (let c = 0; c < n; c += 1) covariance[this.tasteAt(r, c) * (size + 1)] = taste;
    }
    for (let f = 0; f < this.families.length; f += 1) {
      for (let c = 0; c < n; c += 1) covariance[this.familyAt(f, c) * (size + 1)] = model.family;
    }
  }

  rater(id: string): RaterModel {
    return this.#model.raters.get(id) ?? this.#model.unknownRater;
  }

  leniencyAt(rater: number): number {
    return this.candidates.length + rater;
  }

  tasteAt(rater: number, candidate: number): number {
    return this.candidates.length + this.raters.length + rater * this.candidates.length + candidate;
  }

  familyAt(family: number, candidate: number): number {
    return this.candidates.length * (1 + this.raters.length + family) + this.raters.length + candidate;
  }

  record(votes: readonly Vote[]): void {
    for (const vote of votes) if (vote.veto === true) this.#veto(vote);
    for (const reading of readingsOf(votes)) this.#take(reading);
  }

  /** The posterior of the same readings under another model. */
  under(model: PanelModel): ItemPosterior {
    const other = new ItemPosterior(this.candidates, this.#offered, model);
    for (const { reading } of this.taken) other.#take(reading);
    for (const id of this.#vetoed) other.#vetoed.add(id);
    return other;
  }

  /** The row of a reading of `up`, or of `up` against `down`. */
  rowOf(rater: number, up: number, down: number | null): ReadingRow {
    if (down !== null) return this.#pairRow(rater, up, down);
    const at = [up, this.tasteAt(rater, up), this.leniencyAt(rater)];
    const family = this.#familyOf[rater]!;
    if (family !== -1) at.push(this.familyAt(family, up));
    return { at, weight: at.map(() => 1) };
  }

  /** Noise variance of one reading. */
  noiseOf(rater: string, isPair: boolean): number {
    const { noise, doubt } = this.rater(rater);
    return isPair ? (1 - persistentDoubt) * doubt : noise;
  }

  /** Indices of the candidates without a veto. */
  alive(): number[] {
    return this.candidates.flatMap((id, place) => (this.#vetoed.has(id) ? [] : [place]));
  }

  posterior(): ItemEstimate {
    const alive = this.alive();
    if (alive.length === 0) return { best: [], probability: 1 };
    const { mean } = this.state;
    const most = Math.max(...alive.map((c) => mean[c]!));
    const best = alive.filter((c) => most - mean[c]! < 1e-9);
    const shares = this.chances(alive);
    return {
      best: best.map((c) => this.candidates[c]!),
      probability: best.reduce((sum, c) => sum + shares[alive.indexOf(c)]!, 0) / best.length,
    };
  }

  /** P(candidate is the best of these), approximately: products of the pairwise chances, normalised. */
  chances(among: readonly number[]): number[] {
    const { mean, covariance, size } = this.state;
    const raw = among.map((a) => {
      let product = 1;
      for (const b of among) {
        if (b === a) continue;
        const variance =
          covariance[a * size + a]! + covariance[b * size + b]! - 2 * covariance[a * size + b]!;
        product *= normalCdf((mean[a]! - mean[b]!) / Math.sqrt(Math.max(variance, 1e-12)));
      }
      return product;
    });
    const total = raw.reduce((sum, value) => sum + value, 0);
    return raw.map((value) => (total === 0 ? 1 / among.length : value / total));
  }

  #take(reading: Reading): void {
    const { rater, up, down, value, scale } = reading;
    const r = this.raters.indexOf(rater);
    const a = this.candidates.indexOf(up);
    const b = down === null ? null : this.candidates.indexOf(down);
    if (r === -1 || a === -1 || b === -1) return;
    const known = this.rater(rater);
    const model = scale === null ? known : scaled(known, scale);
    const z = (value - model.center) / model.spread;
    const upright = b !== null ? value : scale === null ? Math.tanh(z) : z - model.bias;
    const inUnits = model.direction * upright;
    const row = this.rowOf(r, a, b);
    this.state.observe(row, inUnits, this.noiseOf(rater, b !== null));
    this.taken.push({ reading, row, value: inUnits });
  }

  /** A pair judge's own effects on the two candidates, scaled to its persistent variance. */
  #pairRow(rater: number, up: number, down: number): ReadingRow {
    const { doubt, taste } = this.rater(this.raters[rater]!);
    const own = Math.sqrt((persistentDoubt * doubt) / (2 * taste));
    return {
      at: [up, this.tasteAt(rater, up), down, this.tasteAt(rater, down)],
      weight: [1, own, -1, -own],
    };
  }

  #veto(vote: Vote): void {
    if (vote.kind === 'pointwise') this.#vetoed.add(vote.candidate);
    else if (vote.kind === 'pairwise' && vote.preferred !== undefined) {
      for (const candidate of vote.shown) if (candidate !== vote.preferred) this.#vetoed.add(candidate);
    }
  }
}
