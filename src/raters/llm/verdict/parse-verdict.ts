import { checkArgument } from '../../../domain/check-argument.ts';
import { ConfigError } from '../../../domain/errors.ts';
import type { VerdictFormat } from '../../../domain/rubric.ts';
import { findRefusal } from '../../../text/find-refusal.ts';
import { readBare } from './bare-answer.ts';
import { findArenaHard, findBrackets } from './bracket-verdicts.ts';
import { findJson, namesVerdict } from './json-verdicts.ts';
import { findOutputs } from './output-verdicts.ts';
import { ownAnswer } from './own-answer.ts';
import { visibleText, withoutRepeats } from './own-words.ts';
import { abstain, type ParsedVerdict, type ReadOptions } from './parsed-verdict.ts';
import { findRatings, findResults, type Scale } from './score-verdicts.ts';
import { settle } from './settle.ts';
import { type Statement, type StatementKind, sameReading, verdictKind } from './statement.ts';

/** A verdict format: its statements in a text (null: an object was never closed), and how they stand in sentences. */
interface Reader {
  readonly find: (text: string, scale: Scale) => Statement[] | null;
  readonly kind: StatementKind<ParsedVerdict>;
}

const readers: Readonly<Record<VerdictFormat, Reader>> = {
  brackets: { find: findBrackets, kind: verdictKind('label') },
  'arena-hard': { find: findArenaHard, kind: verdictKind('label') },
  'output-ab': { find: findOutputs, kind: verdictKind('clause') },
  result: { find: findResults, kind: verdictKind('clause') },
  rating: { find: findRatings, kind: verdictKind('clause') },
  json: { find: findJson, kind: verdictKind('object') },
};

/**
 * Parses the verdict of a judge's reply, in linear time. A verdict is what the judge states as its verdict:
 * 1. The reply is cut where the model ran on, and thinking is left out. Thinking that never ends is no answer.
 * 2. The statements in the required format are classified: a comparison, negation, condition, remark in parentheses,
 *    partial score or quotation is not a verdict (`statement-use.ts`, `quotations.ts`).
 * 3. What remains is settled (`settle.ts`). Statements that differ without a correction are an abstention.
 *
 * Nothing is guessed: without an explicit verdict the result is an abstention with its reason.
 *
 * @example parseVerdict('Both are correct, A is clearer. [[A>B]]', 'arena-hard')
 * // { outcome: 'verdict', position: 'first', strength: 1 }
 */
export function parseVerdict(text: string, format: VerdictFormat, options: ReadOptions = {}): ParsedVerdict {
  checkArgument('text', text, 'string');
  if (!Object.hasOwn(readers, format)) {
    throw new ConfigError(
      `format must be one of ${Object.keys(readers).join(', ')}, received ${String(format)}`,
    );
  }
  if (options.truncated === true) return abstain('truncated');
  const { find, kind } = readers[format];
  const { scale } = options;
  const shown = (options.untrusted ?? []).map((each) => visibleText(each).trim());
  const echoed = shown.flatMap((each) => find(each, scale) ?? []);
  const statesMore = (each: string) => (find(each, scale) ?? []).some((one) => isPartOf(one, each));
  const reply = ownAnswer(withoutRepeats(visibleText(text), shown, statesMore), shown);
  if (reply === null) return abstain('truncated');
  if (reply.trim() === '') return abstain('empty');
  const statements = find(reply, scale);
  if (statements === null) return abstain('truncated');
  const echoes = ({ reading }: Statement) => echoed.some((other) => sameReading(other.reading, reading));
  const reading = asOffered(settle(reply, statements, kind, echoes), options);
  if (statements.length > 0 || reading.outcome !== 'abstain') return reading;
  if (options.native !== undefined && format !== options.native) {
    return parseVerdict(text, options.native, { ...options, native: options.native });
  }
  const bare = options.bare === undefined ? null : readBare(reply, options.bare, shown);
  if (bare !== null) return asOffered(bare, options);
  if (refuses(reply)) return abstain('refused');
  return format === 'json' && namesVerdict(reply) ? abstain('malformed') : reading;
}

/** A refusal is a short reply that opens with it; a critique may contain one further on. */
export function refuses(reply: string): boolean {
  const answer = reply.replace(/^[\s*_#>"'`{]*(?:"?\w{1,20}"?\s*:\s*"?)?/, '');
  const refusal = answer.length > longestRefusal ? null : findRefusal(answer);
  return refusal !== null && !/[.!?\n]\s/.test(answer.slice(0, Math.max(0, refusal.start - politeness)));
}

const longestRefusal = 1200;
/** Characters before the refusal itself that may be another sentence: "I'm sorry." */
const politeness = 40;

function isPartOf({ start, end }: Statement, text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text.slice(0, start) + text.slice(end));
}

function asOffered(reading: ParsedVerdict, options: ReadOptions): ParsedVerdict {
  if (reading.outcome === 'tie' && options.ties === false) return abstain('not_offered');
  if (reading.outcome !== 'verdict' || !('score' in reading)) return reading;
  const { scale, whole } = options;
  if (whole === true && !Number.isInteger(reading.score)) return abstain('not_offered');
  if (scale === undefined) return reading;
  return reading.score >= scale[0] && reading.score <= scale[1] ? reading : abstain('not_offered');
}
