import type { Passage } from '../../ports/retriever.ts';
import type { Sentence } from './language-model.ts';

/** What became of a claim. Only `supported` and `refuted` say something about the world. */
export const claimVerdicts = ['supported', 'refuted', 'unverifiable', 'not-a-claim'] as const;
export type ClaimVerdict = (typeof claimVerdicts)[number];

/** One statement of a response that can be true or false by itself. */
export interface Claim {
  /** Self-contained: pronouns and left-out subjects filled in. */
  readonly text: string;
  /** The sentence it was taken from, as UTF-16 offsets in the response. */
  readonly start: number;
  readonly end: number;
}

/**
 * The words of a source that decided. Offsets are UTF-16 units in `source`; where a passage is not the source's own
 * characters (a page without its tags) they are the passage's.
 */
export interface Evidence {
  readonly source: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface CheckedClaim {
  readonly claim: Claim;
  readonly verdict: ClaimVerdict;
  readonly reason: string;
  readonly evidence?: Evidence;
  /** Where a judge is not believed: what it said and could not quote, or null where it said nothing of the claim. */
  readonly said?: ClaimVerdict | null;
}

/** Judges one claim by the passages found for it. @param sentence the claim, where it was read already. */
export type CheckClaim = (
  claim: string,
  passages: readonly Passage[],
  sentence?: Sentence,
) => Omit<CheckedClaim, 'claim'>;

/** Each claim once: saying a thing again proves no more, and must not score more. */
export function distinctClaims(claims: readonly Claim[]): readonly Claim[] {
  const seen = new Set<string>();
  return claims.filter(({ text }) => {
    const key = text.toLowerCase().replace(/\s+/g, ' ');
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** A stretch of a passage as evidence. */
export function evidenceIn(passage: Passage, start: number, end: number): Evidence {
  const verbatim = passage.end - passage.start === passage.text.length;
  return {
    source: passage.source,
    start: verbatim ? passage.start + start : passage.start,
    end: verbatim ? passage.start + end : passage.end,
    text: passage.text.slice(start, end),
  };
}
