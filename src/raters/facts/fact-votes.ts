import type { FactsSpec } from '../../domain/facts.ts';
import type { PointwiseVote } from '../../domain/vote.ts';
import type { CheckedClaim, ClaimVerdict } from './claim.ts';

/** A claim as recorded in a vote's provenance. */
export interface RecordedClaim {
  readonly claim: string;
  readonly verdict: CheckedClaim['verdict'];
  readonly reason: string;
  readonly span: readonly [start: number, end: number];
  readonly evidence?: CheckedClaim['evidence'];
}

/** A response with its checked claims. */
export interface CheckedResponse {
  readonly claims: readonly CheckedClaim[];
  /** The response states that it does not know. */
  readonly abstains: boolean;
  /** Number of claims beyond the configured maximum. */
  readonly dropped: number;
}

type Base = Omit<PointwiseVote, 'outcome' | 'criterion' | 'score' | 'scale' | 'reason'>;

/**
 * The votes on one checked response. Criterion `facts` is F1@K; criterion `refuted` is 0 if a claim is refuted (with a
 * veto, if configured) and 1 if claims were decided and none refuted. Without a decided claim the vote is an
 * abstention that names the reason.
 */
export function factVotes(base: Base, checked: CheckedResponse, spec: FactsSpec): readonly PointwiseVote[] {
  const { counts, f1, supportedShare } = scoreClaims(checked.claims, spec.target);
  const claims = checked.claims.map(asRecorded);
  const provenance = { ...base.provenance, claims, counts, supported_share: supportedShare };
  const summary = `${counts.supported} supported, ${counts.refuted} refuted, ${counts.unverifiable} unverifiable${
    checked.dropped === 0 ? '' : `, ${checked.dropped} more not checked`
  }`;
  if (f1 === null) {
    const all = counts.unverifiable;
    const reason =
      all > 0
        ? `no claim could be decided: ${summary}`
        : checked.abstains
          ? 'says that it does not know'
          : 'no claims';
    return [{ ...base, criterion: 'facts', outcome: 'abstain', reason, provenance }];
  }
  const scored = { scale: [0, 1] as const, outcome: 'verdict' as const };
  const votes: PointwiseVote[] = [
    { ...base, ...scored, criterion: 'facts', score: f1, reason: summary, provenance },
  ];
  const refuted = checked.claims.find(({ verdict }) => verdict === 'refuted');
  const shared = { ...base, criterion: 'refuted', cost_usd: null, input_tokens: null, output_tokens: null };
  if (refuted === undefined) votes.push({ ...shared, ...scored, score: 1, reason: 'no claim is refuted' });
  else {
    const quote =
      refuted.evidence === undefined ? '' : ` (${refuted.evidence.source}: "${refuted.evidence.text}")`;
    const reason = `"${refuted.claim.text}": ${refuted.reason}${quote}`;
    const why = { ...base.provenance, basis: refuted.claim.text, claims: [asRecorded(refuted)] };
    if (spec.refuted === 'info') votes.push({ ...shared, outcome: 'abstain', reason, provenance: why });
    else
      votes.push({
        ...shared,
        ...scored,
        score: 0,
        reason,
        provenance: why,
        ...(spec.refuted === 'veto' && { veto: true }),
      });
  }
  return votes;
}

function asRecorded({ claim, verdict, reason, evidence }: CheckedClaim): RecordedClaim {
  return {
    claim: claim.text,
    verdict,
    reason,
    span: [claim.start, claim.end],
    ...(evidence && { evidence }),
  };
}

/** The score of one response's checked claims. */
interface FactScore {
  readonly counts: Readonly<Record<ClaimVerdict, number>>;
  /** Supported claims as a share of all claims; null without claims. */
  readonly supportedShare: number | null;
  /** Supported as a share of supported and refuted; null if nothing was decided. */
  readonly precision: number | null;
  /**
   * F1@K (Wei et al. 2024, arXiv:2403.18802): harmonic mean of precision and min(supported / K, 1); 0 if nothing is
   * supported. Precision counts decided claims only, because undecided claims are no evidence either way.
   */
  readonly f1: number | null;
}

/** Scores checked claims. @param target K of F1@K: supported claims beyond K do not raise the score */
function scoreClaims(claims: readonly CheckedClaim[], target: number): FactScore {
  const counts: Record<ClaimVerdict, number> = {
    supported: 0,
    refuted: 0,
    unverifiable: 0,
    'not-a-claim': 0,
  };
  for (const { verdict } of claims) counts[verdict] += 1;
  const { supported, refuted, unverifiable } = counts;
  const all = supported + refuted + unverifiable;
  const decided = supported + refuted;
  const precision = decided === 0 ? null : supported / decided;
  const recall = Math.min(supported / target, 1);
  return {
    counts,
    supportedShare: all === 0 ? null : supported / all,
    precision,
    f1: precision === null ? null : supported === 0 ? 0 : (2 * precision * recall) / (precision + recall),
  };
}
