import { InputError } from '../../domain/errors.ts';
import { type EffectGroup, type Evidence, effectGroups } from '../evidence/evidence.ts';
import type { PairTable } from '../tables/pair-table.ts';
import type { FittedPosterior } from './fit-posterior.ts';

/** A fit to labels, stored to be applied where there are none: the content of a rater model file. */
export interface RaterModel {
  readonly format: 'quorate-rater-model';
  readonly version: 1;
  /** SHA-256 of the votes and of the labels that it was fitted to. */
  readonly votes_hash: string;
  readonly labels_hash: string;
  readonly labelled_pairs: number;
  readonly length_effects: boolean;
  readonly prior_weight: number;
  /** Log-odds per unit of evidence. Categories and raters that were not seen have none. */
  readonly effects: readonly {
    readonly group: EffectGroup;
    readonly rater: string | null;
    readonly category: string | null;
    readonly log_odds: number;
  }[];
  /** Behaviour of the raters at the time of the fit, to detect drift. */
  readonly raters: readonly RaterBehaviour[];
}

/** Behaviour that needs no label to be measured. */
export interface RaterBehaviour {
  readonly rater: string;
  /** Models that answered under this rater's id. */
  readonly models: readonly string[];
  readonly asked: number;
  /** Questions that ended in an abstention or an error. */
  readonly no_opinion: number;
  /** Pairs asked in both orders, and those with the same verdict in both. */
  readonly two_orders: number;
  readonly stable: number;
}

export function rememberPosterior(
  learned: FittedPosterior,
  evidence: Evidence,
  pairs: PairTable,
): Pick<RaterModel, 'prior_weight' | 'effects'> {
  return {
    prior_weight: learned.priorWeight,
    effects: evidence.columns.flatMap(({ group, rater, category }, column) => {
      const effect = learned.coefficients[column]!;
      if (effect === 0) return [];
      return [{ group, rater: rater === null ? null : pairs.raters[rater]!.id, category, log_odds: effect }];
    }),
  };
}

/** The model's effects on the columns of other evidence. */
export function recallPosterior(model: RaterModel, evidence: Evidence, pairs: PairTable): Float64Array {
  const known = new Map(
    model.effects.map(({ group, rater, category, log_odds }) => [keyOf(group, rater, category), log_odds]),
  );
  return Float64Array.from(evidence.columns, ({ group, rater, category }) => {
    const name = rater === null ? null : pairs.raters[rater]!.id;
    return known.get(keyOf(group, name, category)) ?? 0;
  });
}

function keyOf(group: EffectGroup, rater: string | null, category: string | null): string {
  return JSON.stringify([group, rater, category]);
}

function isSoundBehaviour(one: RaterBehaviour): boolean {
  const counts = [one?.asked, one?.no_opinion, one?.two_orders, one?.stable];
  return typeof one?.rater === 'string' && Array.isArray(one.models) && counts.every(Number.isFinite);
}

/** @throws InputError where the text is no rater model of a version that is understood. */
export function parseRaterModel(text: string, file: string): RaterModel {
  const bad = (what: string, cause?: unknown) =>
    new InputError(file, null, what, { cause, hint: 'write a new one with `quorate calibrate`' });
  let value: Partial<RaterModel> | null;
  try {
    value = JSON.parse(text) as Partial<RaterModel> | null;
  } catch (cause) {
    throw bad('not valid JSON', cause);
  }
  if (value?.format !== 'quorate-rater-model') throw bad('is no rater model');
  if (value.version !== 1)
    throw bad(`a rater model of version ${String(value.version)}, this program reads 1`);
  const sound =
    Number.isFinite(value.prior_weight) &&
    Number.isFinite(value.labelled_pairs) &&
    Array.isArray(value.raters) &&
    value.raters.every(isSoundBehaviour) &&
    Array.isArray(value.effects) &&
    value.effects.every(
      (effect) => effectGroups.includes(effect?.group) && Number.isFinite(effect?.log_odds),
    );
  if (!sound) throw bad('a damaged rater model');
  return value as RaterModel;
}
