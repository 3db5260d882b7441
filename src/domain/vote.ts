/** The kinds of raters. */
export const raterKinds = ['llm', 'constitution', 'rule', 'fact', 'reward_model', 'human', 'gold'] as const;
/**
 * One kind of rater.
 * @example
 * const kind: RaterKind = 'llm';
 */
export type RaterKind = (typeof raterKinds)[number];

/** The outcomes of a question. Only `verdict` carries a preference or score; `tie` means "equally good". */
export const voteOutcomes = ['verdict', 'tie', 'abstain', 'error'] as const;
/**
 * One outcome of a question.
 * @example
 * const outcome: VoteOutcome = 'abstain';
 */
export type VoteOutcome = (typeof voteOutcomes)[number];

/** The inputs of a vote, so that it can be traced and parsed again without a new call. */
export interface Provenance {
  /** Keys of the recorded replies that the vote was parsed from. */
  readonly replies?: readonly string[];
  readonly prompt_hash?: string;
  /** Hash of the rubric, constitution or rule set. */
  readonly rubric_hash?: string;
  readonly model_asked?: string;
  readonly model_answered?: string | null;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly order?: 'forward' | 'reversed';
  readonly parser?: string;
  /** Principle, rule or claim that decided, if the rater has one. */
  readonly basis?: string;
  readonly [extra: string]: unknown;
}

interface VoteBase {
  readonly item: string;
  readonly rater: string;
  readonly rater_kind: RaterKind;
  readonly model?: string | null;
  readonly criterion?: string;
  /** 0-based index among repeated samples of the same question. */
  readonly sample?: number;
  readonly outcome: VoteOutcome;
  /** The rater's own stated or log-probability confidence in its verdict, in [0, 1]. */
  readonly probability?: number;
  readonly reason?: string;
  readonly cost_usd?: number | null;
  readonly input_tokens?: number | null;
  readonly output_tokens?: number | null;
  readonly latency_ms?: number | null;
  /** Weight relative to a full vote, in [0, 1]; default 1. 0 means no opinion, and is counted as such. */
  readonly weight?: number;
  /** RFC 3339, UTC. */
  readonly at?: string;
  /** A veto excludes its candidate from every pair, regardless of other votes. */
  readonly veto?: boolean;
  readonly provenance?: Provenance;
}

/**
 * A vote on two candidates.
 * @example
 * const vote: PairwiseVote = {
 *   kind: 'pairwise',
 *   item: 'q1',
 *   rater: 'judge',
 *   rater_kind: 'llm',
 *   shown: ['a', 'b'],
 *   outcome: 'verdict',
 *   preferred: 'b',
 *   probability: 0.9,
 * };
 */
export interface PairwiseVote extends VoteBase {
  readonly kind: 'pairwise';
  /** The candidates in the order in which the rater saw them. */
  readonly shown: readonly [first: string, second: string];
  /** Candidate id; present exactly when the outcome is `verdict`. */
  readonly preferred?: string;
  /** 1 = better, 2 = much better. */
  readonly strength?: number;
  /** `both`: one vote merged from two orders. `none`: the order has no meaning (a difference of scores). */
  readonly orders?: 'both' | 'none';
}

/**
 * A score of one candidate.
 * @example
 * const vote: PointwiseVote = {
 *   kind: 'pointwise',
 *   item: 'q1',
 *   rater: 'judge',
 *   rater_kind: 'llm',
 *   candidate: 'a',
 *   outcome: 'verdict',
 *   score: 4,
 *   scale: [1, 5],
 * };
 */
export interface PointwiseVote extends VoteBase {
  readonly kind: 'pointwise';
  readonly candidate: string;
  /** Present exactly when the outcome is `verdict`. */
  readonly score?: number;
  readonly scale?: readonly [min: number, max: number];
}

/**
 * A ranking of several candidates, best first; candidates in one inner list are equal.
 * @example
 * const vote: ListwiseVote = {
 *   kind: 'listwise',
 *   item: 'q1',
 *   rater: 'ann',
 *   rater_kind: 'human',
 *   outcome: 'verdict',
 *   ranking: [['b'], ['a', 'c']],
 * };
 */
export interface ListwiseVote extends VoteBase {
  readonly kind: 'listwise';
  readonly shown?: readonly string[];
  /** Present exactly when the outcome is `verdict`. */
  readonly ranking?: readonly (readonly string[])[];
}

/**
 * One opinion of one rater: a line of a votes, human-label or gold file.
 * @example
 * const vote: Vote = { kind: 'pairwise', item: 'q1', rater: 'ann', rater_kind: 'human', shown: ['a', 'b'], outcome: 'tie' };
 */
export type Vote = PairwiseVote | PointwiseVote | ListwiseVote;

/** How far below 1/2 the probability of a verdict may be by rounding. */
const probabilityTolerance = 0.01;

/**
 * Whether the probability of a pairwise verdict contradicts it: P(preferred) < 0.49. Such a vote supports neither side
 * and counts as an abstention with the reason `contradictory`.
 *
 * @example isContradictory({ outcome: 'verdict', probability: 0.3 }) // true
 */
export function isContradictory({
  outcome,
  probability,
}: {
  readonly outcome: VoteOutcome;
  readonly probability?: number | undefined;
}): boolean {
  return outcome === 'verdict' && probability !== undefined && probability < 0.5 - probabilityTolerance;
}
