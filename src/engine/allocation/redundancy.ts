import type { Reading } from './reading.ts';

/** Prior: pairs on which two raters agreed no more than by chance. */
const priorPairs = 8;
/** Raters beyond this many at one item are not compared. */
const maxCompared = 64;

/**
 * Effective number of raters with the same opinions as one of them: Σ r^2 over all, r the uncentred correlation of their
 * opinions on the pairs that both voted on. A rater copied n times should weigh as much as one.
 */
export class Redundancy {
  /** Per rater and other rater: sum of the products of opinions, and its maximum. */
  readonly #products = new Map<string, Map<string, { product: number; most: number }>>();

  add(readings: readonly Reading[]): void {
    const opinions = [...opinionsOf(readings)].slice(0, maxCompared);
    for (const [one, ofOne] of opinions) {
      for (const [other, ofOther] of opinions) {
        if (one === other) continue;
        for (const [pair, value] of ofOne) {
          const against = ofOther.get(pair) ?? 0;
          if (value !== 0 && against !== 0) this.#productOf(one, other).product += Math.sign(value * against);
          if (value !== 0 && against !== 0) this.#productOf(one, other).most += 1;
        }
      }
    }
  }

  /** At least 1: itself. */
  of(rater: string): number {
    let sum = 1;
    for (const { product, most } of this.#products.get(rater)?.values() ?? []) {
      sum += (Math.max(0, product) / (most + priorPairs)) ** 2;
    }
    return sum;
  }

  #productOf(one: string, other: string): { product: number; most: number } {
    const others = this.#products.get(one) ?? new Map<string, { product: number; most: number }>();
    this.#products.set(one, others);
    const product = others.get(other) ?? { product: 0, most: 0 };
    others.set(other, product);
    return product;
  }
}

/** Each rater's lean on each pair of candidates, from verdicts on the pair or from its scores. */
function opinionsOf(readings: readonly Reading[]): Map<string, Map<string, number>> {
  const opinions = new Map<string, Map<string, number>>();
  const scores = new Map<string, Map<string, { sum: number; count: number }>>();
  for (const { rater, up, down, value } of readings) {
    const ofRater = opinions.get(rater) ?? new Map<string, number>();
    opinions.set(rater, ofRater);
    if (down !== null) {
      const [x, y] = up < down ? [up, down] : [down, up];
      const key = `${x}\n${y}`;
      ofRater.set(key, (ofRater.get(key) ?? 0) + (x === up ? value : -value));
      continue;
    }
    const given = scores.get(rater) ?? new Map<string, { sum: number; count: number }>();
    scores.set(rater, given);
    const score = given.get(up) ?? { sum: 0, count: 0 };
    given.set(up, { sum: score.sum + value, count: score.count + 1 });
  }
  for (const [rater, given] of scores) {
    const means = [...given].map(([id, { sum, count }]) => ({ id, mean: sum / count }));
    means.sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const [k, x] of means.entries()) {
      for (const y of means.slice(k + 1)) opinions.get(rater)!.set(`${x.id}\n${y.id}`, x.mean - y.mean);
    }
  }
  return opinions;
}
