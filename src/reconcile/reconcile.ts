import type { Item } from '../domain/item.ts';
import type { Preference } from '../domain/preference.ts';
import type { Vote } from '../domain/vote.ts';
import { deriveScoreGaps, type PairOpinions, pairOpinions, type SameFamilyPolicy } from './opinions.ts';
import { preferenceOf, type StatusRules } from './preference-of.ts';
import { matchesAny } from './rater-globs.ts';
import { scorePair, weightsFromLabels, weightsWithoutLabels } from './rater-weights.ts';
import { fitTemperature, logistic } from './temper.ts';
import { VoteTable } from './vote-table.ts';

type Stream<T> = AsyncIterable<T> | Iterable<T>;

export interface ReconcileInput {
  readonly votes: Stream<Vote>;
  /** Category, cluster, length and authors are used where items are given. */
  readonly items?: Stream<Item>;
  /** People's or gold labels; votes with rater_kind `gold` among the votes are labels too. */
  readonly labels?: Stream<Vote>;
}

export interface ReconcileOptions extends Partial<StatusRules> {
  /** Names or globs (`*`) of the raters to hear; all where absent. */
  readonly raters?: readonly string[];
  readonly seed?: number;
  readonly sameFamily?: SameFamilyPolicy;
}

export interface RaterReport {
  readonly rater: string;
  readonly weight: number;
  readonly consistency: number | null;
  readonly agreement: number;
  readonly support: number;
}

export interface ReconcileReport {
  readonly basis: 'calibrated' | 'uncalibrated';
  readonly estimator: string;
  readonly pairs: number;
  readonly votes: number;
  readonly labels: number;
  readonly labelled_pairs: number;
  readonly raters: readonly RaterReport[];
  readonly recusals: number;
  readonly warnings: readonly { readonly warning: string; readonly count: number }[];
}

export interface Reconciliation {
  /** Ordered as the items file, else by item id; inside an item by pair. */
  readonly preferences: readonly Preference[];
  readonly report: ReconcileReport;
}

/** Fewer labelled pairs than this and a label-free belief is the more honest one. */
const fewestLabels = 10;
/** Slope without labels: a panel in full agreement then claims about .88. */
const humbleSlope = 2;

/** What the votes add up to, pair by pair. The order of the votes has no influence on the result. */
export async function reconcile(
  input: ReconcileInput,
  options: ReconcileOptions = {},
): Promise<Reconciliation> {
  const table = await fillTable(input, options);
  const pairs = listPairs(table, options.sameFamily ?? 'recuse', input.items !== undefined);
  const targets = new Map<PairOpinions, number>();
  for (const pair of pairs) {
    const target = targetOf(pair);
    if (target !== null) targets.set(pair, target);
  }
  const free = weightsWithoutLabels(pairs, table.raters.length);
  const calibrated = targets.size >= fewestLabels;
  const weights = calibrated ? weightsFromLabels(pairs, targets, free) : free;
  const slope = calibrated ? fitSlope(targets, weights) : humbleSlope / sumOf(weights);
  const rules: StatusRules = { accept: options.accept ?? 0.8, quorum: options.quorum ?? 1 };
  const basis = calibrated ? 'calibrated' : 'uncalibrated';
  const preferences = pairs.map((pair) => {
    const belief = logistic(slope * scorePair(pair, weights));
    return preferenceOf(table, pair, belief, basis, rules);
  });
  return {
    preferences,
    report: {
      basis,
      estimator: calibrated ? 'log-odds weights' : 'consistency-weighted',
      pairs: pairs.length,
      votes: table.voteCount,
      labels: table.labelCount,
      labelled_pairs: targets.size,
      raters: table.raters.flatMap((rater, index) =>
        rater.isLabel ? [] : [{ rater: rater.id, ...rounded(weights[index]!) }],
      ),
      recusals: pairs.reduce((sum, pair) => sum + pair.recused.length, 0),
      warnings: [...table.warnings].sort().map(([warning, count]) => ({ warning, count })),
    },
  };
}

async function fillTable(input: ReconcileInput, options: ReconcileOptions): Promise<VoteTable> {
  const table = new VoteTable();
  for await (const item of input.items ?? []) table.addItem(item);
  const heard = new Map<string, boolean>();
  for await (const vote of input.votes) {
    let hear = heard.get(vote.rater);
    if (hear === undefined) {
      hear =
        options.raters === undefined || vote.rater_kind === 'gold' || matchesAny(vote.rater, options.raters);
      heard.set(vote.rater, hear);
    }
    if (hear) table.add(vote, false);
  }
  for await (const vote of input.labels ?? []) table.add(vote, true);
  deriveScoreGaps(table);
  return table;
}

function listPairs(table: VoteTable, policy: SameFamilyPolicy, inFileOrder: boolean): PairOpinions[] {
  const items = inFileOrder
    ? table.items
    : [...table.items].sort((one, other) => (one.id < other.id ? -1 : 1));
  const pairs: PairOpinions[] = [];
  for (const item of items) {
    for (const key of [...item.units.keys()].sort()) {
      const pair = pairOpinions(table, item, item.units.get(key)!, policy);
      if (pair.opinions.length + pair.recused.length > 0) pairs.push(pair);
      else table.warn('label_without_votes');
    }
  }
  return pairs;
}

/** The labels of a pair as P(x better): gold decides where there is gold, otherwise the people's mean, ties half. */
function targetOf(pair: PairOpinions): number | null {
  const spoken = pair.labels.filter(({ cell }) => cell.abstains + cell.errors === 0 || cell.graded !== 0);
  if (spoken.length === 0) return null;
  const mean = spoken.reduce((sum, label) => sum + label.value, 0) / spoken.length;
  return (1 + mean) / 2;
}

function fitSlope(
  targets: ReadonlyMap<PairOpinions, number>,
  weights: Parameters<typeof scorePair>[1],
): number {
  const scores = [...targets.keys()].map((pair) => scorePair(pair, weights));
  return fitTemperature(scores, [...targets.values()]);
}

function sumOf(weights: readonly { readonly logOdds: number }[]): number {
  return Math.max(
    1e-9,
    weights.reduce((sum, { logOdds }) => sum + logOdds, 0),
  );
}

function rounded(weight: ReturnType<typeof weightsWithoutLabels>[number]): Omit<RaterReport, 'rater'> {
  const round = (value: number) => Math.round(value * 1e4) / 1e4;
  return {
    weight: round(weight.logOdds),
    consistency: weight.consistency === null ? null : round(weight.consistency),
    agreement: round(weight.agreement),
    support: weight.support,
  };
}
