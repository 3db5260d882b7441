import type { Vote } from '../../domain/vote.ts';
import type { ItemBelief, OfferedLook } from '../../ports/allocation.ts';
import { normalCdf } from '../../stats/special/normal.ts';
import { GaussianState, type ReadingRow } from './gaussian-state.ts';
import { type PanelModel, type RaterModel, scaled } from './panel-model.ts';
import { type Reading, readingsOf } from './reading.ts';

/** A reading that was taken into the belief, in units of quality. */
export interface TakenReading {
  readonly rater: string;
  readonly row: ReadingRow;
  /** With the rater's bias taken off. */
  readonly value: number;
  /** As the rater gave it, where it is a score without a scale. */
  readonly bareScore: number | null;
}

/**
 * What is believed of one item. A rater's verdict on a response is the response's quality plus what the rater's family
 * and the rater itself always see in it, plus how mild the rater is on this item, plus noise; so a second sample of a
 * rater says less than a first one of another, and two raters of one family less than two of different ones.
 */
export class ItemPosterior {
  readonly candidates: readonly string[];
  readonly raters: readonly string[];
  readonly families: readonly string[];
  readonly state: GaussianState;
  readonly taken: TakenReading[] = [];
  readonly #familyAt: readonly number[];
  readonly #vetoed = new Set<string>();
  readonly #model: PanelModel;

  constructor(candidates: readonly string[], offered: readonly OfferedLook[], model: PanelModel) {
    const familyOf = new Map(offered.map(({ rater, family }) => [rater, family]));
    this.candidates = candidates;
    this.raters = [...familyOf.keys()].sort();
    this.families = [...new Set([...familyOf.values()].filter((name) => name !== null))].sort();
    this.#familyAt = this.raters.map((rater) => this.families.indexOf(familyOf.get(rater) ?? ''));
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

  /** What a reading of `up`, or of `up` against `down`, is made of. */
  rowOf(rater: number, up: number, down: number | null): ReadingRow {
    const { loading } = this.rater(this.raters[rater]!);
    const family = this.#familyAt[rater]!;
    const at: number[] = [];
    const weight: number[] = [];
    const add = (candidate: number, sign: number) => {
      at.push(candidate, this.tasteAt(rater, candidate));
      weight.push(sign * loading, sign);
      if (family === -1) return;
      at.push(this.familyAt(family, candidate));
      weight.push(sign * loading);
    };
    add(up, 1);
    if (down !== null) add(down, -1);
    else {
      at.push(this.leniencyAt(rater));
      weight.push(1);
    }
    return { at, weight };
  }

  /** Of a reading's value: a pair is read with the noise of two. */
  noiseOf(rater: string, isPair: boolean): number {
    return this.rater(rater).noise * (isPair ? 2 : 1);
  }

  /** Places of the candidates that no veto took out. */
  alive(): number[] {
    return this.candidates.flatMap((id, place) => (this.#vetoed.has(id) ? [] : [place]));
  }

  belief(): ItemBelief {
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

  #take({ rater, up, down, value, scale }: Reading): void {
    const r = this.raters.indexOf(rater);
    const a = this.candidates.indexOf(up);
    const b = down === null ? null : this.candidates.indexOf(down);
    if (r === -1 || a === -1 || b === -1) return;
    const known = this.rater(rater);
    const model = scale === null ? known : scaled(known, scale);
    const inUnits = b === null ? (value - model.center) / model.spread - model.bias : value;
    const row = this.rowOf(r, a, b);
    this.state.observe(row, inUnits, this.noiseOf(rater, b !== null));
    this.taken.push({ rater, row, value: inUnits, bareScore: b === null && scale === null ? value : null });
  }

  #veto(vote: Vote): void {
    if (vote.kind === 'pointwise') this.#vetoed.add(vote.candidate);
    else if (vote.kind === 'pairwise' && vote.preferred !== undefined) {
      for (const candidate of vote.shown) if (candidate !== vote.preferred) this.#vetoed.add(candidate);
    }
  }
}
