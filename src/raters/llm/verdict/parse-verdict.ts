import type { VerdictFormat } from '../../../domain/rubric.ts';
import { findArenaHard, findBrackets } from './bracket-verdicts.ts';
import { findJson } from './json-verdicts.ts';
import { findOutputs } from './output-verdicts.ts';
import { visibleText, withoutRepeats, withoutThinking } from './own-words.ts';
import { abstain, type ParsedVerdict, type ReadOptions } from './parsed-verdict.ts';
import { findRatings, findResults } from './score-verdicts.ts';
import { settle } from './settle.ts';
import type { FindStatements } from './statement.ts';

const finders: Readonly<Record<Exclude<VerdictFormat, 'json'>, FindStatements>> = {
  brackets: findBrackets,
  'arena-hard': findArenaHard,
  'output-ab': findOutputs,
  result: findResults,
  rating: findRatings,
};

/**
 * Parses the verdict of a judge's reply from the judge's own final statement, in linear time. Thinking blocks, invisible
 * characters, prose, fences and quotations around it are ignored. Without an explicit verdict the result is an
 * abstention with its reason: nothing is guessed, and a truncated reply is never repaired.
 *
 * @example parseVerdict('Both are correct, A is clearer. [[A>B]]', 'arena-hard')
 * // { outcome: 'verdict', position: 'first', strength: 1 }
 */
export function parseVerdict(text: string, format: VerdictFormat, options: ReadOptions = {}): ParsedVerdict {
  if (options.truncated === true) return abstain('truncated');
  const reply = withoutThinking(withoutRepeats(visibleText(text), options.untrusted ?? []));
  if (reply === null) return abstain('truncated');
  if (reply.trim() === '') return abstain('empty');
  const statements = format === 'json' ? findJson(reply) : finders[format](reply);
  if (statements === null) return abstain('truncated');
  // JSON is normally fenced and quoted, so quotation marks do not indicate a quotation.
  return asOffered(settle(reply, statements, format !== 'json'), options);
}

function asOffered(reading: ParsedVerdict, options: ReadOptions): ParsedVerdict {
  if (reading.outcome === 'tie' && options.ties === false) return abstain('not_offered');
  if (reading.outcome !== 'verdict' || !('score' in reading) || options.scale === undefined) return reading;
  const [min, max] = options.scale;
  return reading.score >= min && reading.score <= max ? reading : abstain('not_offered');
}
