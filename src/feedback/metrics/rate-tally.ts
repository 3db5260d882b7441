import { groupedProportion } from '../../stats/intervals/grouped-proportion.ts';
import { WeightTable } from './weight-table.ts';

/** A value with its 95 % interval; null with a reason if unknown. */
export interface MetricValue {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
  readonly reason?: string;
}

/** What a signal adds: 1 for a new unit, 1 for a unit's first weight, and the weight gained. */
export interface Gain {
  readonly units: number;
  readonly weighty: number;
  readonly gain: number;
}

/** Number of author groups by hash, which bounds memory and keeps intervals valid. */
const groupCount = 128;

/** A share, counted raw (every unit with weight 1) and with the weights of cleaning. */
export class RateTally {
  readonly raw: Sums;
  readonly cleaned: Sums;
  /** Authors of the units. */
  readonly authors: WeightTable;
  readonly #countsAuthors: boolean;

  /**
   * @param same another tally with the same authors, which then counts them
   * @param units whether its units are the same too; then they are added there only
   */
  constructor(same?: RateTally, units = false) {
    this.raw = new Sums(units ? same?.raw : undefined);
    this.cleaned = new Sums(units ? same?.cleaned : undefined);
    this.authors = same?.authors ?? new WeightTable();
    this.#countsAuthors = same === undefined;
  }

  /** Adds a unit of an author, or a further signal to it. */
  addUnit(person: number, { units, weighty, gain }: Gain): void {
    if (units === 0 && gain === 0) return;
    const group = person % groupCount;
    if (this.#countsAuthors) this.authors.raise(person, gain);
    this.raw.add(group, units, units);
    this.cleaned.add(group, weighty, gain);
  }

  /** The part of the author's units that the rate counts. */
  addHit(person: number, { units, gain }: Gain): void {
    const group = person % groupCount;
    this.raw.tops[group]! += units;
    this.cleaned.tops[group]! += gain;
  }

  measure(): { readonly raw: MetricValue; readonly cleaned: MetricValue } {
    return {
      raw: this.raw.measure(this.authors.size),
      cleaned: this.cleaned.measure(this.authors.weighty),
    };
  }
}

interface Units {
  /** By group. */
  readonly weight: Float64Array;
  n: number;
}

class Sums {
  readonly tops = new Float64Array(groupCount);
  readonly units: Units;

  constructor(shared?: Sums) {
    this.units = shared?.units ?? { weight: new Float64Array(groupCount), n: 0 };
  }

  add(group: number, units: number, weight: number): void {
    this.units.weight[group]! += weight;
    this.units.n += units;
  }

  measure(authors: number): MetricValue {
    const { n, weight } = this.units;
    const estimate = groupedProportion(this.tops, weight, { n, clusters: authors });
    if (!estimate.defined) return { value: null, low: null, high: null, n, reason: estimate.reason };
    const { share, low, high } = estimate.value;
    return { value: share, low, high, n };
  }
}
