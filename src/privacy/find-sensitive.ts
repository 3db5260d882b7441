import { checkArgument } from '../domain/check-argument.ts';
import type { SensitiveClass } from '../domain/sensitive.ts';
import type { Match, Recogniser, RecogniserOptions } from './recogniser.ts';
import { birthDateRecogniser } from './recognisers/birth-date.ts';
import { emailRecogniser, ipAddressRecogniser } from './recognisers/internet.ts';
import {
  nationalIdRecogniser,
  passportRecogniser,
  ukNhsRecogniser,
  usSsnRecogniser,
} from './recognisers/national-id.ts';
import { cardRecogniser, ibanRecogniser } from './recognisers/payment.ts';
import { phoneRecogniser } from './recognisers/phone.ts';
import { secretRecogniser } from './recognisers/secret.ts';

/** All built-in recognisers. To add one, implement Recogniser and append it here. */
export const recognisers: readonly Recogniser[] = [
  emailRecogniser,
  secretRecogniser,
  ibanRecogniser,
  cardRecogniser,
  nationalIdRecogniser,
  ukNhsRecogniser,
  usSsnRecogniser,
  passportRecogniser,
  birthDateRecogniser,
  ipAddressRecogniser,
  phoneRecogniser,
];

/** A span of personal data or a secret. Offsets are UTF-16 units. */
export interface SensitiveSpan extends Match {
  readonly class: SensitiveClass;
  readonly text: string;
  readonly recogniser: string;
}

/** Options of `findSensitive`. */
export interface FindSensitiveOptions extends Partial<RecogniserOptions> {
  /** Classes to detect; default: all. */
  readonly classes?: readonly SensitiveClass[];
  /** Minimum score of a span, in [0, 1]; default: 0.5. */
  readonly minScore?: number;
}

/** Window for context words before and after a match, in UTF-16 units. */
const contextBefore = 60;
const contextAfter = 24;

/**
 * Finds personal data and secrets. Of overlapping spans the one with the higher score is kept, then the longer one.
 * @returns spans in the order of the text, without overlaps
 * @example findSensitive('Write to ann@example.org')[0]?.class // 'email'
 */
export function findSensitive(text: string, options: FindSensitiveOptions = {}): readonly SensitiveSpan[] {
  checkArgument('text', text, 'string');
  const minScore = options.minScore ?? 0.5;
  const settings: RecogniserOptions = { region: options.region ?? null };
  const found: SensitiveSpan[] = [];
  for (const recogniser of recognisers) {
    if (options.classes !== undefined && !options.classes.includes(recogniser.class)) continue;
    if (!recogniser.mayMatch(text)) continue;
    for (const match of recogniser.find(text, settings)) {
      const score = scoreInContext(match, recogniser, text);
      if (score < minScore) continue;
      found.push({
        class: recogniser.class,
        start: match.start,
        end: match.end,
        text: text.slice(match.start, match.end),
        score,
        recogniser: recogniser.name,
      });
    }
  }
  return withoutOverlaps(found);
}

function scoreInContext(match: Match, recogniser: Recogniser, text: string): number {
  const { context, scoreInContext } = recogniser;
  if (context === undefined || scoreInContext === undefined) return match.score;
  // a word on another line usually describes another value
  const before = text
    .slice(Math.max(0, match.start - contextBefore), match.start)
    .split('\n')
    .slice(-2)
    .join('\n');
  const after = text.slice(match.end, match.end + contextAfter).split('\n', 1)[0]!;
  return context.test(`${before}\u0000${after}`) ? Math.max(match.score, scoreInContext) : match.score;
}

/** One pass in the order of the text; of two overlapping spans the one with the higher rank is kept. */
function withoutOverlaps(found: SensitiveSpan[]): readonly SensitiveSpan[] {
  const kept: SensitiveSpan[] = [];
  for (const span of found.sort((a, b) => a.start - b.start || rank(b) - rank(a))) {
    const last = kept.at(-1);
    if (last === undefined || span.start >= last.end) kept.push(span);
    else if (rank(span) > rank(last)) kept[kept.length - 1] = span;
  }
  return kept;
}

/** Orders by score, then by length. */
function rank(span: SensitiveSpan): number {
  return span.score + (span.end - span.start) / 1e6;
}
