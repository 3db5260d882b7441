import { groupedProportion } from '../../stats/intervals/grouped-proportion.ts';
import { WeightTable } from './weight-table.ts';

/** A number with its 95 % interval; null where it is unknown, with the reason. */
export interface MetricValue {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
  readonly reason?: string;
}

/** What a signal adds: 1 where its unit was not seen before, 1 where it had no weight before, and the weight gained. */
export interface Gain {
  readonly units: number;
  readonly weighty: number;
  readonly gain: number;
}

/** Authors are dealt into this many groups by their hash, which bounds memory and keeps intervals honest. */
const groupCount = 128;

/** A share as it is counted: before cleaning, every unit whole, and with the weights that cleaning gave. */
export class RateTally {
  readonly raw: Sums;
  readonly cleaned: Sums;
  /** Who the units are of. */
  readonly people: WeightTable;
  readonly #countsPeople: boolean;

  /**
   * @param same another tally that counts the same people, so that this one need not
   * @param units whether its units are the same too: then they are added there only
   */
  constructor(same?: RateTally, units = false) {
    this.raw = new Sums(units ? same?.raw : undefined);
    this.cleaned = new Sums(units ? same?.cleaned : undefined);
    this.people = same?.people ?? new WeightTable();
    this.#countsPeople = same === undefined;
  }

  /** A unit of a person, or what a further signal adds to it. */
  addUnit(person: number, { units, weighty, gain }: Gain): void {
    if (units === 0 && gain === 0) return;
    const group = person % groupCount;
    if (this.#countsPeople) this.people.raise(person, gain);
    this.raw.add(group, units, units);
    this.cleaned.add(group, weighty, gain);
  }

  /** Part of the person's units that the rate counts. */
  addHit(person: number, { units, gain }: Gain): void {
    const group = person % groupCount;
    this.raw.tops[group]! += units;
    this.cleaned.tops[group]! += gain;
  }

  measure(): { readonly raw: MetricValue; readonly cleaned: MetricValue } {
    return {
      raw: this.raw.measure(this.people.size),
      cleaned: this.cleaned.measure(this.people.weighty),
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

  measure(people: number): MetricValue {
    const { n, weight } = this.units;
    const estimate = groupedProportion(this.tops, weight, { n, clusters: people });
    if (!estimate.defined) return { value: null, low: null, high: null, n, reason: estimate.reason };
    const { share, low, high } = estimate.value;
    return { value: share, low, high, n };
  }
}
