/** Increment when a reply could be parsed differently; part of every vote's provenance. */
export const verdictReaderVersion = 'verdict/4';

/**
 * Why a reply gave no verdict.
 * @example
 * const reason: UnparsedReason = 'conflicting';
 */
export type UnparsedReason =
  /** Only white space, or nothing after the thinking. */
  | 'empty'
  /** An unclosed thinking part or object, or reported by the provider. Never repaired. */
  | 'truncated'
  /** The judge declines to judge. */
  | 'refused'
  /** JSON that cannot be repaired. */
  | 'malformed'
  /** No statement in the required format. */
  | 'no_verdict'
  /** Different verdicts without an explicit correction. */
  | 'conflicting'
  /** A verdict that was not offered: `[[A>>A]]`, a score outside or on another scale, a tie without ties. */
  | 'not_offered';

/**
 * The result of parsing a reply. `repaired`: the JSON had to be repaired.
 * @example
 * const parsed: ParsedVerdict = parseVerdict('[[B]]', 'brackets');
 * if (parsed.outcome === 'abstain') console.log(parsed.reason);
 */
export type ParsedVerdict =
  | {
      readonly outcome: 'verdict';
      readonly position: 'first' | 'second';
      /** 1 = better, 2 = much better; absent if the format does not grade. */
      readonly strength?: 1 | 2;
      readonly repaired?: true;
    }
  | { readonly outcome: 'verdict'; readonly score: number; readonly repaired?: true }
  | { readonly outcome: 'tie'; readonly repaired?: true }
  | { readonly outcome: 'abstain'; readonly reason: UnparsedReason };

/**
 * Options of `parseVerdict`.
 * @example
 * const options: ReadOptions = { ties: false, truncated: true };
 */
export interface ReadOptions {
  /** False if the question offered no tie: a tie becomes an abstention. Default: true. */
  readonly ties?: boolean;
  /** Lowest and highest score offered; other scores, and scores on another scale, become abstentions. */
  readonly scale?: readonly [min: number, max: number];
  /** Only whole scores were offered: others become abstentions. */
  readonly whole?: boolean;
  /** Read `[RESULT] 4` where a reply has no verdict in its format: the form that Prometheus models were trained on. */
  readonly native?: 'result';
  /** Read a reply that is nothing but one of these answers. */
  readonly bare?: Offered;
  /** The provider reports that the reply was truncated. */
  readonly truncated?: boolean;
  /** Texts that the judge was shown; verbatim repetitions of them are not its own statements. */
  readonly untrusted?: readonly string[];
}

/** The answers that a question offers: labels for the first response, the second one and a tie, or a scale of scores. */
export interface Offered {
  readonly labels?: readonly string[];
  readonly scale?: readonly [min: number, max: number] | undefined;
}

/** An abstention with its reason. */
export const abstain = (reason: UnparsedReason): ParsedVerdict => ({ outcome: 'abstain', reason });
