import type { Random } from '../../src/stats/random.ts';

/** A response that a user may judge, with its true quality in ln odds. */
export interface Shown {
  readonly id: string;
  readonly query: string;
  readonly model: string;
  readonly text: string;
  readonly quality: number;
}

export interface World {
  readonly models: readonly string[];
  readonly leniencySpread: number;
  readonly skill: number;
  readonly tasteSpread: number;
  readonly checkRate: number;
  show(random: Random, model?: string): Shown;
  /** Another model's response to the same query. */
  rivalOf(shown: Shown, random: Random): Shown;
}

/** Models, queries and responses; how much they differ is drawn. */
export function drawWorld(random: Random, users: number): World {
  const uniform = (low: number, high: number) => low + (high - low) * random();
  const models = Array.from({ length: 3 + Math.floor(random() * 5) }, (_, index) => `model-${index}`);
  const modelQuality = models.map(() => normal(random) * uniform(0.2, 0.7));
  const queries = Math.max(20, Math.round((users * uniform(3, 10)) / models.length));
  const spread = uniform(0.8, 2);
  const lengths = uniform(4.5, 6.8);
  const responses: Shown[][] = Array.from({ length: queries }, (_, query) =>
    models.map((model, index) => ({
      id: `r${query}-${index}`,
      query: `q${query}`,
      model,
      text: 'x'.repeat(Math.round(Math.exp(lengths + normal(random) * 0.6))),
      quality: modelQuality[index]! + normal(random) * spread,
    })),
  );
  return {
    models,
    leniencySpread: uniform(0.4, 1.2),
    skill: uniform(0.8, 1.8),
    tasteSpread: uniform(0.1, 0.6),
    checkRate: random() < 0.5 ? 0 : uniform(0.02, 0.08),
    show(draw, model) {
      const index = model === undefined ? Math.floor(draw() * models.length) : models.indexOf(model);
      return responses[Math.floor(draw() * queries)]![index]!;
    },
    rivalOf(shown, draw) {
      const row = responses[Number(shown.query.slice(1))]!;
      const others = row.filter(({ id }) => id !== shown.id);
      return others[Math.floor(draw() * others.length)]!;
    },
  };
}

/** A standard normal number (Box & Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
