import { logit, sigmoid } from '../../../stats/special/logistic.ts';
import { betaShape, logBetaBinomialFactor } from '../../../stats/testing/beta-binomial.ts';
import type { AuthorRuns } from '../author-runs.ts';
import { comparisonKind, type EventTable } from '../event-table.ts';

/** Evidence that an author targets one model. */
export interface Targeting {
  /** ln Bayes factor of "for or against one model, whatever its responses" against "taste". */
  readonly evidence: Float64Array;
  /** The most likely target; -1 without one. */
  readonly model: Int32Array;
  readonly against: Int32Array;
  readonly judged: Int32Array;
}

/** Opinions against and all opinions, by model: ratings at 2 x model, comparisons at 2 x model + 1. */
type Tally = Map<number, [against: number, judged: number]>;

/** Maximum number of opinions of one author in a model's base rate. */
const mostOfOne = 3;
/** Bounds of the concentration of human tastes for one model. */
const [widest, narrowest] = [6, 20];
/** Share of humans who dislike one model as strongly as an attacker. */
const outlierShare = 0.0003;
/** Prior strength of the population's leniency, in opinions about other models. */
const leniencyPrior = 4;
const always = betaShape(0.95, 12);
const never = betaShape(0.05, 12);
const minJudgements = 4;

/** For each author and model: negative opinions (thumb down, two stars or fewer, lost comparison) against their expectation
 * from the model's rate among honest authors and the author's leniency towards other models. An author who judged one model
 * only is never suspected: a strict human is indistinguishable. The factor is the mean over models and both directions, which
 * accounts for testing many models.
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
    // models that the author never judged cannot be the author's target
    const possible = own.reduce((sum, { aim }) => sum + shares[aim]!, 0);
    const mean = own.reduce((sum, { aim, factor }) => sum + (shares[aim]! / possible) * factor, 0);
    evidence[author] = -Math.log(1 / mean + outlierShare);
    model[author] = most.cell.model;
    against[author] = most.cell.against;
    judged[author] = most.cell.judged;
  });
  return { evidence, model, against, judged };
}

/** Negative rate of each model. One author contributes at most `mostOfOne` opinions about one model, so that a prolific author
 * does not determine its base rate.
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

/** One author's opinions about one model, with the negative share expected at this leniency. */
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
    if (judged + compared < minJudgements) continue;
    // leniency towards the other models only: an attack must not raise its own expectation
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
 * Variation of human tastes for models beyond chance, as a concentration: the median over cells of
 * (z²/.4549 - 1)/(n - 1), which is the intra-class correlation where z² = 1 + (n - 1)ρ times a χ² of one degree
 * (median .4549). A median, so that a ring of attackers does not widen it.
 */
function tasteConcentration(cells: readonly (readonly Cell[])[]): number {
  const correlations: number[] = [];
  for (const { against, judged, expected } of cells.flat()) {
    if (judged < 2 * minJudgements) continue;
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

/** Estimates which models are targeted, by EM over authors: a target of many authors is a more likely target of the next one.
 * Each target starts with the weight of one author, so a single author is penalised by the number of models.
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
