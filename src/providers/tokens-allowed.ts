import type { ProviderErrorKind } from '../domain/provider-error.ts';

/** The output tokens that a server would have taken. */
export interface TokensAllowed {
  readonly tokens: number;
  /** What the context leaves beside this prompt, rather than a limit of the model. */
  readonly ofThisQuestion: boolean;
}

const number = '[`\'"]?(\\d[\\d,]*)';
const modelLimits = [
  `at most ${number}`,
  `less than or equal to ${number}`,
  `<= ?${number}`,
  `range[^[(]{0,60}[[(] ?\\d+, ?${number}`,
  `> ${number},? which is the maximum`,
  `(?:model )?limit of ${number}`,
  `lower than ${number}`,
  `maximum (?:value|allowed|output)[^\\d.]{0,60}${number}`,
].map((pattern) => new RegExp(pattern, 'i'));

const contextLength = new RegExp(`(?:maximum )?context (?:length|window|size)(?: is| of)?:? ${number}`, 'i');
const promptLength = [
  `(?:has|contains|contains at least) ${number} (?:input |prompt )?tokens`,
  `\\(?${number} (?:tokens )?(?:in|from|of) (?:the |your )?(?:messages|input|prompt|text input)`,
].map((pattern) => new RegExp(pattern, 'i'));

/** Tokens of the prompt that servers count differently in two places. */
const margin = 16;

/**
 * How many output tokens a server would have taken, from its complaint about too many; null where the message is about
 * something else.
 * @param message the server's own words
 * @param sent the output tokens that were asked for
 */
export function tokensAllowed(kind: ProviderErrorKind, message: string, sent: number): TokensAllowed | null {
  if (kind !== 'bad_request' && kind !== 'context_too_long') return null;
  const context = numberOf(message, [contextLength]);
  const prompt = numberOf(message, promptLength);
  if (context !== null && prompt !== null) {
    const tokens = context - prompt - margin;
    return tokens > 0 && tokens < sent ? { tokens, ofThisQuestion: true } : null;
  }
  if (!/max_?\w*tokens|maximum tokens|(completion|output) tokens/i.test(message)) return null;
  const tokens = numberOf(message, modelLimits);
  return tokens !== null && tokens > 0 && tokens < sent ? { tokens, ofThisQuestion: false } : null;
}

/** The number in the first pattern that the text matches. */
function numberOf(text: string, patterns: readonly RegExp[]): number | null {
  for (const pattern of patterns) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) return Number(found.replaceAll(',', ''));
  }
  return null;
}
