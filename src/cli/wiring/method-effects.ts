import type { Preference } from '../../domain/preference.ts';
import { type RaterKind, raterKinds, type Vote } from '../../domain/vote.ts';
import type { ReconcileInput } from '../../reconcile/reconcile.ts';
import { type ReconcileOptions, reconcile } from '../../reconcile/reconcile.ts';
import type { RaterCounts } from './vote-counter.ts';

/** What one kind of rater changed: the reconciliation with it against the one without it. */
export interface MethodEffect {
  readonly kind: RaterKind;
  readonly votes: number;
  /** Pairs on which the kind by itself leans to one side. */
  readonly pairs_with_a_lean: number;
  /** Share of those on which its lean is the final preference; null without any. */
  readonly agreement: number | null;
  /** Items with a pair that would have been decided the other way without it. */
  readonly items_flipped: number;
  /** Pairs accepted only because of it, and pairs that would have been accepted without it. */
  readonly pairs_accepted_by_it: number;
  readonly pairs_stopped_by_it: number;
  readonly cost_usd: number;
}

type Inputs = () => ReconcileInput;

/**
 * Reconciles once more for each kind of rater, without its votes. With one kind only there is nothing to compare.
 * @param inputs opens the same votes, items and labels anew each time.
 */
export async function methodEffects(
  preferred: Iterable<Preference>,
  inputs: Inputs,
  options: ReconcileOptions,
  raters: readonly RaterCounts[],
): Promise<readonly MethodEffect[]> {
  const kinds = raterKinds.filter((kind) => raters.some((rater) => rater.kind === kind && rater.votes > 0));
  if (kinds.length < 2) return [];
  const whole = [...preferred];
  const effects: MethodEffect[] = [];
  for (const kind of kinds) {
    const input = inputs();
    const { preferences } = await reconcile({ ...input, votes: without(kind, input.votes) }, options);
    const own = raters.filter((rater) => rater.kind === kind);
    effects.push({
      kind,
      votes: own.reduce((sum, { votes }) => sum + votes, 0),
      ...leanOf(kind, whole),
      ...changes(whole, preferences),
      cost_usd: own.reduce((sum, rater) => sum + rater.cost_usd, 0),
    });
  }
  return effects;
}

async function* without(kind: RaterKind, votes: AsyncIterable<Vote> | Iterable<Vote>): AsyncGenerator<Vote> {
  for await (const vote of votes) if (vote.rater_kind !== kind) yield vote;
}

function leanOf(kind: RaterKind, preferences: readonly Preference[]) {
  const leans = preferences
    .map(({ sources }) => sources[kind]?.probability ?? null)
    .filter((probability) => probability !== null && probability !== 0.5);
  const agreeing = leans.filter((probability) => probability! > 0.5).length;
  return { pairs_with_a_lean: leans.length, agreement: leans.length === 0 ? null : agreeing / leans.length };
}

function changes(whole: readonly Preference[], rest: readonly Preference[]) {
  const byPair = new Map(rest.map((one) => [keyOf(one), one]));
  const flipped = new Set<string>();
  let [gained, stopped] = [0, 0];
  for (const one of whole) {
    const other = byPair.get(keyOf(one));
    // a probability of one half chooses nobody
    const decided = other !== undefined && one.probability > 0.5 && other.probability > 0.5;
    if (decided && one.chosen !== other.chosen) flipped.add(one.item);
    if (one.status === 'accepted' && other?.status !== 'accepted') gained += 1;
    if (one.status !== 'accepted' && other?.status === 'accepted') stopped += 1;
  }
  return { items_flipped: flipped.size, pairs_accepted_by_it: gained, pairs_stopped_by_it: stopped };
}

function keyOf({ item, pair }: Preference): string {
  return [item, ...[...pair].sort()].join('\u0000');
}
