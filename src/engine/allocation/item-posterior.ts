import type { Vote } from '../../domain/vote.ts';
import type { ItemBelief, OfferedLook } from '../../ports/allocation.ts';
import { normalCdf } from '../../stats/special/normal.ts';
import { GaussianState, type ReadingRow } from './gaussian-state.ts';
import type { PanelModel, RaterModel } from './panel-model.ts';
import { type Reading, readingsOf } from './reading.ts';

/**
 * What is believed of one item. A rater's score of a response is the response's quality plus what the rater's family
 * and the rater itself always see in it, plus how mild the rater is on this item, plus noise; so a second sample of a
 * rater says less than a first one of another, and two raters of one family less than two of different ones.
 */
export class ItemPosterior {
  readonly candidates: readonly string[];
  readonly #raters: readonly string[];
  readonly #families: readonly string[];
  readonly #familyOf: ReadonlyMap<string, string | null>;
  readonly #vetoed = new Set<string>();
  readonly #model: PanelModel;
  readonly state: GaussianState;

  constructor(candidates: readonly string[], offered: readonly OfferedLook[], model: PanelModel) {
    this.candidates = candidates;
    this.#model = model;
    this.#familyOf = new Map(offered.map(({ rater, family }) => [rater, family]));
    this.#raters = [...this.#familyOf.keys()].sort();
    this.#families = [...new Set([...this.#familyOf.values()].filter((name) => name !== null))].sort();
    const n = candidates.length;
    this.state = new GaussianState(n + this.#raters.length * (n + 1) + this.#families.length * n);
    const { covariance, size } = this.state;
    for (let a = 0; a < n; a += 1) {
      for (let b = 0; b < n; b += 1) covariance[a * size + b] = model.level + (a === b ? model.quality : 0);
    }
    const own = (at: number, variance: number) => {
      covariance[at * size + at] = variance;
    };
    for (const [r, rater] of this.#raters.entries()) {
      const { leniency, taste } = this.rater(rater);
      own(n + r, leniency);
      for (let c = 0; c < n; c += 1) own(this.#tasteAt(r, c), taste);
    }
    for (let at = size - this.#families.length * n; at < size; at += 1) own(at, model.family);
  }

  rater(id: string): RaterModel {
    return this.#model.raters.get(id) ?? this.#model.unknownRater;
  }

  record(votes: readonly Vote[]): void {
    for (const vote of votes) if (vote.veto === true) this.#veto(vote);
    for (const reading of readingsOf(votes, (id) => this.rater(id))) {
      const row = this.rowOf(reading);
      if (row !== null) this.state.observe(row, reading.value, reading.variance);
    }
  }

  /** The row of a reading; null where it speaks of a candidate that the item does not have. */
  rowOf({ rater, up, down }: Pick<Reading, 'rater' | 'up' | 'down'>): ReadingRow | null {
    const at: number[] = [];
    const weight: number[] = [];
    const r = this.#raters.indexOf(rater);
    const family = this.#families.indexOf(this.#familyOf.get(rater) ?? '');
    const n = this.candidates.length;
    for (const [candidate, sign] of [[up, 1] as const, [down, -1] as const]) {
      if (candidate === null) continue;
      const c = this.candidates.indexOf(candidate);
      if (c === -1) return null;
      const parts = [c, this.#tasteAt(r, c)];
      if (family !== -1) parts.push(this.state.size - this.#families.length * n + family * n + c);
      for (const part of parts) {
        at.push(part);
        weight.push(sign);
      }
    }
    if (down === null) {
      at.push(n + r);
      weight.push(1);
    }
    return { at, weight };
  }

  isVetoed(candidate: string): boolean {
    return this.#vetoed.has(candidate);
  }

  belief(): ItemBelief {
    const alive = this.candidates.flatMap((id, c) => (this.#vetoed.has(id) ? [] : [c]));
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

  #tasteAt(rater: number, candidate: number): number {
    const n = this.candidates.length;
    return n + this.#raters.length + rater * n + candidate;
  }

  #veto(vote: Vote): void {
    if (vote.kind === 'pointwise') this.#vetoed.add(vote.candidate);
    else if (vote.kind === 'pairwise' && vote.preferred !== undefined) {
      for (const candidate of vote.shown) if (candidate !== vote.preferred) this.#vetoed.add(candidate);
    }
  }
}
