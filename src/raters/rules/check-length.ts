import type { Bounds, lengthUnits } from '../../domain/rule.ts';
import { openTokenCounter } from './count-tokens.ts';
import { type Check, within } from './finding.ts';
import type { ResponseText } from './response-text.ts';

type LengthRule = Bounds & { readonly unit: (typeof lengthUnits)[number] };

/** Length of the response. Tokens are those of the `o200k_base` encoding. */
export async function compileLength(rule: LengthRule): Promise<Check> {
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
