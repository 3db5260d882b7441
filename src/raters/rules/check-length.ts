import { z } from 'zod';
import { type Check, within } from './finding.ts';
import type { ResponseText } from './response-text.ts';
import { type Bounds, bounds, ruleKind } from './rule-kind.ts';

const lengthUnits = ['words', 'characters', 'sentences', 'tokens'] as const;

/** The rule `length`. */
export const lengthRule = ruleKind({
  check: 'length',
  options: {
    unit: z.enum(lengthUnits).default('words').describe('Unit of min and max; default: words'),
    ...bounds,
  },
  problem: ({ min, max }) =>
    min === undefined && max === undefined ? 'checks nothing: add a condition' : undefined,
  compile: compileLength,
});

type LengthRule = Bounds & { readonly unit: (typeof lengthUnits)[number] };

/** Length of the response. Tokens are those of the `o200k_base` encoding. */
async function compileLength(rule: LengthRule): Promise<Check> {
  const count = await counterOf(rule.unit);
  return ({ text }) => within(count(text), rule.unit, rule);
}

async function counterOf(unit: LengthRule['unit']): Promise<(text: ResponseText) => number> {
  switch (unit) {
    case 'words':
      return (text) => text.words.count;
    case 'characters':
      return (text) => codePoints(text.text);
    case 'sentences':
      return (text) => text.sentenceCount;
    case 'tokens': {
      const countTokens = await openTokenCounter();
      return (text) => countTokens(text.text);
    }
  }
}

/** Code points, not UTF-16 units. */
function codePoints(text: string): number {
  if (!/[\ud800-\udbff]/.test(text)) return text.length;
  let count = text.length;
  for (let index = 0; index < text.length - 1; index += 1) {
    if ((text.charCodeAt(index) & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00)
      count -= 1;
  }
  return count;
}

/** Tokens of pieces already met; most of a text is made of a few thousand. */
const mostKnown = 50_000;
/** A longer piece is counted in parts: the encoder's time grows with the square of a piece. */
const longestPiece = 256;

/** Counts the tokens of the `o200k_base` encoding; a piece without an end (a word of 1,000 letters) nearly. */
async function openTokenCounter(): Promise<(text: string) => number> {
  const [{ countTokens }, { O200K_TOKEN_SPLIT_REGEX }] = await Promise.all([
    import('gpt-tokenizer/encoding/o200k_base'),
    import('gpt-tokenizer/encodingParams/constants'),
  ]);
  const known = new Map<string, number>();
  // what looks like a control token in a response is text
  const asText = { disallowedSpecial: new Set<string>() };
  const countPiece = (piece: string) => {
    let count = 0;
    for (let at = 0; at < piece.length; at += longestPiece)
      count += countTokens(piece.slice(at, at + longestPiece), asText);
    if (known.size < mostKnown && piece.length <= 32) known.set(piece, count);
    return count;
  };
  return (text) => {
    let count = 0;
    for (const piece of text.match(O200K_TOKEN_SPLIT_REGEX) ?? [])
      count += known.get(piece) ?? countPiece(piece);
    return count;
  };
}
