/** Changes whenever a reply could be read differently; part of every vote's provenance. */
export const verdictReaderVersion = 'verdict/2';

/** Why a reply gave no verdict. */
export type UnparsedReason =
  /** Nothing but white space, or nothing after the thinking. */
  | 'empty'
  /** Cut off: an unclosed thinking block or object, or the provider said so. Never repaired. */
  | 'truncated'
  /** No statement in the form that the format asks for. */
  | 'no_verdict'
  /** Different verdicts, and none of them closes the reply. */
  | 'conflicting'
  /** In the right place, but not a verdict that was offered: `[[A>>A]]`, a score off the scale, a tie under no-tie. */
  | 'not_offered';

/** What a judge's reply says. `repaired` marks JSON that was mended before it could be read. */
export type ParsedVerdict =
  | {
      readonly outcome: 'verdict';
      readonly position: 'first' | 'second';
      /** 1 = better, 2 = much better; absent where the format does not grade. */
      readonly strength?: 1 | 2;
      readonly repaired?: true;
    }
  | { readonly outcome: 'verdict'; readonly score: number; readonly repaired?: true }
  | { readonly outcome: 'tie'; readonly repaired?: true }
  | { readonly outcome: 'abstain'; readonly reason: UnparsedReason };

export interface ReadOptions {
  /** False where the question offered no tie: a tie is then read as an abstention. Default true. */
  readonly ties?: boolean;
  /** Lowest and highest score that were offered; others are not read. */
  readonly scale?: readonly [min: number, max: number];
  /** The provider says that the reply was cut off. */
  readonly truncated?: boolean;
  /** Texts that the judge was shown: what it repeats of them word for word is not its own statement. */
  readonly untrusted?: readonly string[];
}

export const abstain = (reason: UnparsedReason): ParsedVerdict => ({ outcome: 'abstain', reason });
