import type { Passage } from '../../ports/retriever.ts';
import type { Sentence } from './language-model.ts';

/** The verdicts on a claim. Only `supported` and `refuted` are decided. */
export const claimVerdicts = ['supported', 'refuted', 'unverifiable', 'not-a-claim'] as const;
/** One verdict on a claim. */
export type ClaimVerdict = (typeof claimVerdicts)[number];

/** One atomic statement of a response that is true or false. */
export interface Claim {
  /** Self-contained: pronouns and omitted subjects are resolved. */
  readonly text: string;
  /** Its sentence, as UTF-16 offsets in the response. */
  readonly start: number;
  readonly end: number;
}

/**
 * The words of a source that decided a claim. Offsets are UTF-16 units in `source`; if the passage is not a verbatim
 * part of the source (HTML without tags), they are those of the passage.
 */
export interface Evidence {
  readonly source: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A claim with its verdict. */
export interface CheckedClaim {
  readonly claim: Claim;
  readonly verdict: ClaimVerdict;
  readonly reason: string;
  readonly evidence?: Evidence;
  /** If a judge's verdict was not accepted: its verdict without a valid quote, or null if it gave none. */
  readonly said?: ClaimVerdict | null;
}

/** Checks one claim against passages. @param sentence the claim, if it is already tagged */
export type CheckClaim = (
  claim: string,
  passages: readonly Passage[],
  sentence?: Sentence,
) => Omit<CheckedClaim, 'claim'>;

/** Removes repeated claims, so that repetition does not raise the score. */
export function distinctClaims(claims: readonly Claim[]): readonly Claim[] {
  const seen = new Set<string>();
  return claims.filter(({ text }) => {
    const key = text.toLowerCase().replace(/\s+/g, ' ');
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** A part of a passage as evidence. Offsets are UTF-16 units in the passage's text. */
export function evidenceIn(passage: Passage, start: number, end: number): Evidence {
  const verbatim = passage.end - passage.start === passage.text.length;
  return {
    source: passage.source,
    start: verbatim ? passage.start + start : passage.start,
    end: verbatim ? passage.start + end : passage.end,
    text: passage.text.slice(start, end),
  };
}
