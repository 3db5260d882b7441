import type { Constitution, Principle } from '../../domain/constitution.ts';
import { seededRandom } from '../../stats/random.ts';

/** The principles that apply to items of a category. */
export function principlesFor(
  constitution: Constitution,
  category: string | null | undefined,
): readonly Principle[] {
  return constitution.principles.filter(
    ({ categories }) => categories === undefined || (category != null && categories.includes(category)),
  );
}

/**
 * Draws principles without replacement, with probability proportional to weight; deterministic for a seed.
 *
 * Efraimidis and Spirakis 2006: the `count` largest values of u^(1/w); here as the smallest of -ln(u)/w.
 */
export function drawPrinciples(
  principles: readonly Principle[],
  count: number,
  seed: string,
): readonly Principle[] {
  const random = seededRandom(seed);
  const drawn = principles.map((principle) => ({
    principle,
    rank: -Math.log(1 - random()) / principle.weight,
  }));
  drawn.sort((a, b) => a.rank - b.rank);
  return drawn.slice(0, count).map(({ principle }) => principle);
}
