import type { Item } from '../../domain/item.ts';
import { fitGroupedRidge, type GroupedRows } from '../../stats/regression/grouped-ridge.ts';
import type { BestByLabels } from './best-by-labels.ts';
import { ItemPosterior } from './item-posterior.ts';
import type { LabelledPanel } from './labelled-panel.ts';
import { PanelLearner } from './panel-learner.ts';
import { openPanel, type PanelModel } from './panel-model.ts';
import type { Reading } from './reading.ts';
import type { VoteLedger } from './vote-ledger.ts';
import { candidatesIn } from './vote-ledger.ts';

/** An item with one best candidate according to the labels, and all its recorded votes. */
export interface LabelledItem {
  readonly cluster: string;
  readonly category: string | null;
  readonly best: string;
  readonly posterior: ItemPosterior;
}

/** Minimum number of labelled items for a fit. */
export const minLabelledItems = 20;

/** Grid of standard deviations of the factors around 1, the label-free value. */
const spreads = [0.02, 0.07, 0.2, 0.6];
/**
 * Of pairs and scores without a scale, votes alone give a rater's accuracy only by a rule of thumb, so labels may move its
 * factor this much further than that of scores on a scale.
 */
const freedomOfPairs = 5;
/** Prior of a spread: exp(N(ln 0.2, 1)). */
const usualSpread = 0.2;
/** The normal distribution function is approximated by a logistic one with this slope. */
const probitSlope = 1.7;

/** Items with labels and votes; the ledger is read as a history, nothing is paid. */
export function labelledItems(
  labels: BestByLabels,
  ledger: VoteLedger,
  described: Iterable<Item | string>,
): LabelledItem[] {
  const known = new Map(
    [...described].flatMap((item) => (typeof item === 'string' ? [] : [[item.id, item]])),
  );
  return labels.items().flatMap((id) => {
    const best = labels.best(id);
    const tasks = ledger.history(id);
    if (best.length !== 1 || tasks.length === 0) return [];
    const offers = tasks.map(({ offered }) => offered);
    const item = known.get(id);
    const posterior = new ItemPosterior(candidatesIn(offers, item), offers, openPanel);
    for (const { paid } of tasks) posterior.record(paid.votes);
    const contested = posterior.candidates.includes(best[0]!) && posterior.candidates.length > 1;
    return contested
      ? [{ cluster: item?.cluster ?? id, category: item?.category ?? null, best: best[0]!, posterior }]
      : [];
  });
}

/**
 * Weights raters by labels. Without labels a rater's reading of a duel counts by 1 / variance; here each rater's share of
 * the log-odds gets the factor 1 + common + own + own by category, each N(0, spread^2 of its kind), fitted to the
 * labelled duels by Bayesian logistic regression, averaged over the spreads by their evidence (MacKay 1992). Raters are
 * fitted jointly, so that two with the same opinions share their weight.
 * @returns null where fewer than twenty items are labelled.
 */
export function learnFromLabels(items: readonly LabelledItem[]): LabelledPanel | null {
  if (items.length < minLabelledItems) return null;
  const model = withoutLabels(items);
  const raters = [...model.raters.keys()].sort();
  const categories = [...new Set(items.flatMap(({ category }) => category ?? []))].sort();
  const duels = items.flatMap((item) => duelsIn(item, raters, model));
  const onScale = scoringRaters(items);
  const freedom = raters.map((id) => (onScale.has(id) ? 1 : freedomOfPairs));
  const effects = fitTrust(asRows(duels, freedom, categories), freedom);
  return {
    items: items.length,
    raters: new Map(
      raters.map((id, r) => [
        id,
        {
          model: model.raters.get(id)!,
          trust: effects.trust(r, null),
          trustIn: new Map(categories.map((category, c) => [category, effects.trust(r, c)])),
        },
      ]),
    ),
  };
}

/** The panel model of the votes alone, from two passes. */
function withoutLabels(items: readonly LabelledItem[]): PanelModel {
  let model = openPanel;
  for (let pass = 0; pass < 2; pass += 1) {
    const learner = new PanelLearner();
    for (const { posterior } of items) learner.learn(posterior.under(model));
    model = learner.model();
  }
  return model;
}

interface LabelledDuel {
  readonly category: string | null;
  /** Each rater's share of the label-free log-odds. */
  readonly shares: Float64Array;
  readonly weight: number;
}

/** The best candidate against each other one. */
function duelsIn(
  { best, category, posterior }: LabelledItem,
  raters: readonly string[],
  model: PanelModel,
): LabelledDuel[] {
  const readings = posterior.under(model).taken.map(({ reading, value }) => ({ ...reading, value }));
  // The duels of one item share their winner: together they count as two.
  const weight = 2 / posterior.candidates.length;
  return posterior.candidates.flatMap((other) => {
    const shares = other === best ? null : duelRow(readings, best, other, raters, model);
    return shares === null ? [] : [{ category, shares, weight }];
  });
}

/** Columns: each rater, all of them together, then each rater in each category. */
function asRows(
  duels: readonly LabelledDuel[],
  freedom: readonly number[],
  categories: readonly string[],
): GroupedRows {
  const raters = freedom.length;
  const width = raters + 1 + raters * categories.length;
  const totals = duels.map(({ shares }) => shares.reduce((sum, value) => sum + value, 0));
  return {
    rows: duels.map(({ category, shares }, d) => {
      const row = new Float64Array(width);
      const scaled = shares.map((share, r) => share * freedom[r]!);
      row.set(scaled);
      row[raters] = totals[d]!;
      const c = category === null ? -1 : categories.indexOf(category);
      if (c !== -1) row.set(scaled, raters + 1 + c * raters);
      return row;
    }),
    groupOf: Array.from({ length: width }, (_, k) => (k < raters ? 0 : k === raters ? 1 : 2)),
    outcomes: new Float64Array(duels.length).fill(1),
    weights: Float64Array.from(duels, ({ weight }) => weight),
    offset: Float64Array.from(totals),
  };
}

function duelRow(
  readings: readonly Reading[],
  best: string,
  other: string,
  raters: readonly string[],
  model: PanelModel,
): Float64Array | null {
  const row = new Float64Array(raters.length);
  let information = 1 / (2 * model.quality);
  for (const [r, id] of raters.entries()) {
    const { taste, noise, doubt } = model.raters.get(id)!;
    const own = readings.filter(({ rater }) => rater === id);
    const lead = leadIn(own, best, other);
    if (lead === null) continue;
    const variance = lead.isPair ? doubt * (2 / 3 + 1 / (3 * lead.count)) : 2 * (taste + noise / lead.count);
    row[r] = lead.value / variance;
    information += 1 / variance;
  }
  const scale = probitSlope / Math.sqrt(information);
  return row.some((value) => value !== 0) ? row.map((value) => value * scale) : null;
}

/** One rater's lead of `best` over `other`, over all samples. */
function leadIn(readings: readonly Reading[], best: string, other: string) {
  let sum = 0;
  let count = 0;
  for (const { up, down, value } of readings) {
    if (down === null || ![up, down].includes(best) || ![up, down].includes(other)) continue;
    sum += up === best ? value : -value;
    count += 1;
  }
  if (count > 0) return { value: sum / count, count, isPair: true };
  const scores = (id: string) => readings.filter(({ up, down }) => down === null && up === id);
  const [ofBest, ofOther] = [scores(best), scores(other)];
  if (ofBest.length === 0 || ofOther.length === 0) return null;
  const mean = (of: readonly Reading[]) => of.reduce((total, { value }) => total + value, 0) / of.length;
  return {
    value: mean(ofBest) - mean(ofOther),
    count: 2 / (1 / ofBest.length + 1 / ofOther.length),
    isPair: false,
  };
}

/** Raters that score on a scale they state. */
function scoringRaters(items: readonly LabelledItem[]): ReadonlySet<string> {
  const readings = items.flatMap(({ posterior }) => posterior.taken.map(({ reading }) => reading));
  return new Set(readings.filter(({ scale }) => scale !== null).map(({ rater }) => rater));
}

interface TrustEffects {
  /** @param category its index; null: no category, or one without labels. */
  trust(rater: number, category: number | null): number;
}

/** The effects averaged over all combinations of spreads, weighted by their evidence. */
function fitTrust(rows: GroupedRows, freedom: readonly number[]): TrustEffects {
  const fits = spreads.flatMap((own) =>
    spreads.flatMap((common) =>
      spreads.map((local) => {
        const at = [own, common, local];
        const { coefficients, logEvidence } = fitGroupedRidge(
          rows,
          at.map((spread) => spread ** 2),
        );
        return {
          coefficients,
          logWeight: logEvidence + at.reduce((sum, spread) => sum + logPrior(spread), 0),
        };
      }),
    ),
  );
  const most = Math.max(...fits.map(({ logWeight }) => logWeight));
  const total = fits.reduce((sum, { logWeight }) => sum + Math.exp(logWeight - most), 0);
  const mean = new Float64Array(rows.groupOf.length);
  for (const { coefficients, logWeight } of fits) {
    const share = Math.exp(logWeight - most) / total;
    for (const [k, value] of coefficients.entries()) mean[k]! += share * value;
  }
  const raters = Array.from(rows.groupOf).indexOf(1);
  const common = 1 + mean[raters]!;
  return {
    // Log-odds grow with the square root of the information, so the common factor enters twice.
    trust: (rater, category) => {
      const local = category === null ? 0 : mean[raters + 1 + category * raters + rater]!;
      return Math.abs(common) * (common + freedom[rater]! * (mean[rater]! + local));
    },
  };
}

function logPrior(spread: number): number {
  const distance = Math.log(spread / usualSpread);
  return -(distance ** 2) / 2;
}
