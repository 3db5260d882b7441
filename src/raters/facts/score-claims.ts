import type { CheckedClaim, ClaimVerdict } from './claim.ts';

/** The score of one response's checked claims. */
export interface FactScore {
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
export function scoreClaims(claims: readonly CheckedClaim[], target: number): FactScore {
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
