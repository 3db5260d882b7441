import type { Preference, VoteCounts } from '../../domain/preference.ts';

export interface StatusRules {
  /** A pair is accepted from this probability on; Infinity where no threshold meets the guarantee. */
  readonly accept: number;
  /** Minimum number of raters with a decisive vote; with fewer a pair goes to review, unless it has a label. */
  readonly quorum: number;
}

interface StatusCase {
  readonly probability: number;
  readonly votes: VoteCounts;
  /** Human and gold labels on the pair. */
  readonly labels: number;
  readonly recused: readonly string[];
  readonly vetoes: readonly (readonly [candidate: string, by: string])[];
  readonly conflict: boolean;
}

/** A veto comes first, then a conflict, then the quorum, then the threshold. */
export function statusOf(given: StatusCase, rules: StatusRules): Pick<Preference, 'status' | 'reasons'> {
  const reasons: string[] = [];
  if (given.recused.length > 0) {
    reasons.push(`recused, same family as one author: ${given.recused.join(', ')}`);
  }
  if (given.vetoes.length > 0) {
    return {
      status: 'vetoed',
      reasons: [...given.vetoes.map(([id, by]) => `${id} vetoed by ${by}`), ...reasons],
    };
  }
  if (given.conflict) {
    return { status: 'conflict', reasons: ['people and machines are sure of opposite sides', ...reasons] };
  }
  const decisive = given.votes.for_chosen + given.votes.for_rejected;
  if (decisive < rules.quorum && given.labels === 0) {
    reasons.unshift(`${decisive} raters with a decisive vote, the quorum is ${rules.quorum}`);
    return { status: 'review', reasons };
  }
  if (given.probability >= rules.accept) return { status: 'accepted', reasons };
  reasons.unshift(
    Number.isFinite(rules.accept)
      ? `probability below ${Math.round(rules.accept * 1e4) / 1e4}`
      : 'the labels support no threshold with the target precision',
  );
  return { status: 'ambiguous', reasons };
}
