import { logit, sigmoid } from '../../../stats/special/logistic.ts';
import { betaShape, logBetaBinomialFactor } from '../../../stats/testing/beta-binomial.ts';
import type { AuthorRuns } from '../author-runs.ts';
import { comparisonKind, type EventTable } from '../event-table.ts';

export interface Targeting {
  /** ln of the Bayes factor "for or against one model whatever it says" against "taste". */
  readonly evidence: Float64Array;
  /** The model that it is most about; -1 without one. */
  readonly model: Int32Array;
  readonly against: Int32Array;
  readonly judged: Int32Array;
}

/** Opinions against and all opinions, by model: ratings at 2 x model, comparisons at 2 x model + 1. */
type Tally = Map<number, [against: number, judged: number]>;

/** Opinions about one model that one author brings into the model's usual rate. */
const mostOfOne = 3;
/** Bounds of the concentration of people's tastes for one model. */
const [widest, narrowest] = [6, 20];
/** Share of people who hate one model like an attacker. */
const oddPeople = 0.0003;
/** Opinions about other models that the population's leniency is worth in an author's own. */
const leniencyPrior = 4;
const always = betaShape(0.95, 12);
const never = betaShape(0.05, 12);
const fewest = 4;

/**
 * For each author and model: how often the model was put down (thumb down, two stars or fewer, lost comparison), against
 * what the model's rate among honest authors and the author's own leniency towards the other models make of it.
 * An author who judged one model only is never suspected: a strict person looks the same. The mean over models and
 * over both directions is the factor, so looking at many models costs its price.
 */
export function targetingEvidence(
  table: EventTable,
  runs: AuthorRuns,
  duplicate: Int8Array,
  honest: Float64Array,
): Targeting {
  const { authors, models } = table;
  const visit = (author: number): Tally => {
    const tally: Tally = new Map();
    const see = (cell: number, against: boolean) => {
      const counts = tally.get(cell) ?? [0, 0];
      counts[0] += against ? 1 : 0;
      counts[1] += 1;
      tally.set(cell, counts);
    };
    for (let place = runs.start[author]!; place < runs.start[author + 1]!; place += 1) {
      const row = runs.rows[place]!;
      const leaning = table.leaning[row]!;
      if (leaning === 0 || duplicate[row] !== 0) continue;
      if (table.kind[row] !== comparisonKind) see(table.model[row]! * 2, leaning < 0);
      else {
        see(table.model[row]! * 2 + 1, leaning < 0);
        if (table.otherModel[row]! >= 0) see(table.otherModel[row]! * 2 + 1, leaning > 0);
      }
    }
    return tally;
  };
  const rate = usualRates(models.size, authors.size, visit, honest);
  const evidence = new Float64Array(authors.size);
  const model = new Int32Array(authors.size).fill(-1);
  const against = new Int32Array(authors.size);
  const judged = new Int32Array(authors.size);
  const cells = Array.from({ length: authors.size }, (_, author) => cellsOf(visit(author), rate));
  const concentration = tasteConcentration(cells);
  const factors = cells.map((own) => factorsOf(own, concentration));
  const shares = sharesOfAims(factors, models.size * 2);
  factors.forEach((own, author) => {
    if (own.length === 0) return;
    const most = own.reduce((best, one) => (one.factor > best.factor ? one : best));
    // aims that the author never met are no choice of the author's
    const possible = own.reduce((sum, { aim }) => sum + shares[aim]!, 0);
    const mean = own.reduce((sum, { aim, factor }) => sum + (shares[aim]! / possible) * factor, 0);
    evidence[author] = -Math.log(1 / mean + oddPeople);
    model[author] = most.cell.model;
    against[author] = most.cell.against;
    judged[author] = most.cell.judged;
  });
  return { evidence, model, against, judged };
}

/**
 * How often each model is put down. One author counts for at most `mostOfOne` opinions about one model, however many
 * there are: whoever shouts about a model must not become its usual rate.
 */
function usualRates(
  models: number,
  authors: number,
  visit: (author: number) => Tally,
  honest: Float64Array,
): Float64Array {
  const down = new Float64Array(models * 2).fill(1);
  const all = new Float64Array(models * 2).fill(2);
  for (let author = 0; author < authors; author += 1) {
    for (const [cell, [against, judged]] of visit(author)) {
      const worth = (honest[author]! * Math.min(judged, mostOfOne)) / judged;
      down[cell]! += worth * against;
      all[cell]! += worth * judged;
    }
  }
  return down.map((count, cell) => count / all[cell]!);
}

/** What one author said about one model, with the share against it that a person of this leniency would give. */
interface Cell {
  readonly model: number;
  readonly against: number;
  readonly judged: number;
  readonly expected: number;
}

function cellsOf(own: Tally, rate: Float64Array): Cell[] {
  const models = new Set([...own.keys()].map((cell) => cell >> 1));
  if (models.size < 2) return [];
  let rated = 0;
  let downs = 0;
  let usual = 0;
  for (const [cell, [against, judged]] of own) {
    if (cell % 2 === 1) continue;
    rated += judged;
    downs += against;
    usual += judged * rate[cell]!;
  }
  const cells: Cell[] = [];
  for (const model of models) {
    const [against, judged] = own.get(model * 2) ?? [0, 0];
    const [lost, compared] = own.get(model * 2 + 1) ?? [0, 0];
    if (judged + compared < fewest) continue;
    // strictness towards the other models only: an attack must not excuse itself
    const elsewhere = rated - judged;
    const usually = clip(elsewhere > 0 ? (usual - judged * rate[model * 2]!) / elsewhere : rate[model * 2]!);
    const often = (downs - against + leniencyPrior * usually) / (elsewhere + leniencyPrior);
    const strict = logit(clip(often)) - logit(usually);
    const ratings = judged * sigmoid(logit(clip(rate[model * 2]!)) + strict);
    const n = judged + compared;
    const expected = clip((ratings + compared * rate[model * 2 + 1]!) / n);
    cells.push({ model, against: against + lost, judged: n, expected });
  }
  return cells;
}

/**
 * How much people's tastes for models differ beyond chance, as a concentration: the median over cells of
 * (z²/.4549 - 1)/(n - 1), which is the intra-class correlation where z² = 1 + (n - 1)ρ times a χ² of one degree
 * (median .4549). A median, so that a ring of attackers does not widen it.
 */
function tasteConcentration(cells: readonly (readonly Cell[])[]): number {
  const correlations: number[] = [];
  for (const { against, judged, expected } of cells.flat()) {
    if (judged < 2 * fewest) continue;
    const z2 = (against - judged * expected) ** 2 / (judged * expected * (1 - expected));
    correlations.push((z2 / 0.4549 - 1) / (judged - 1));
  }
  const middle = correlations.sort((a, b) => a - b)[correlations.length >> 1];
  const concentration = middle === undefined ? widest : 1 / Math.max(1e-3, middle) - 1;
  return Math.min(narrowest, Math.max(widest, concentration));
}

/** Bayes factors of an attack on a model and of a campaign for it, at 2 x model and 2 x model + 1. */
type Factors = readonly { readonly aim: number; readonly cell: Cell; readonly factor: number }[];

function factorsOf(cells: readonly Cell[], concentration: number): Factors {
  return cells.flatMap((cell) => {
    const taste = betaShape(cell.expected, concentration);
    return [always, never].map((attack, direction) => {
      const factor = logBetaBinomialFactor(cell.against, cell.judged, attack, taste);
      return { aim: cell.model * 2 + direction, cell, factor: Math.exp(factor) };
    });
  });
}

/**
 * Which models are aimed at, by EM over the authors: what many seem to attack is more likely the aim of the next one.
 * Each aim starts with one author, so a lone one pays for the number of models.
 */
function sharesOfAims(factors: readonly Factors[], aims: number): Float64Array {
  let shares = new Float64Array(aims).fill(1 / aims);
  const attackers = 0.05;
  for (let round = 0; round < 10; round += 1) {
    const sums = new Float64Array(aims).fill(1);
    for (const own of factors) {
      const odds = own.map(({ aim, factor }) => (attackers / (1 - attackers)) * shares[aim]! * factor);
      const total = 1 + odds.reduce((sum, one) => sum + one, 0);
      own.forEach(({ aim }, place) => {
        sums[aim]! += odds[place]! / total;
      });
    }
    const all = sums.reduce((sum, one) => sum + one, 0);
    shares = sums.map((one) => one / all);
  }
  return shares;
}

const clip = (p: number) => Math.min(0.97, Math.max(0.03, p));
