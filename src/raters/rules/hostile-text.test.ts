import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everyCheck, itemForEveryCheck } from '../../../test/support/every-check.ts';
import type { Item } from '../../domain/item.ts';
import { type Check, CheckFailure, type Finding } from './finding.ts';
import { ResponseText } from './response-text.ts';
import type { RuleCheck } from './rule-kinds.ts';
import { compileRule } from './rule-kinds.ts';

const checks: readonly (readonly [RuleCheck, Check])[] = await Promise.all(
  everyCheck.map(
    async (rule) => [rule, await compileRule({ ...rule, id: 'r', severity: 'penalty' })] as const,
  ),
);

/** All findings of all checks; a check that gives up is fine, any other error is not. */
async function findingsOn(text: string): Promise<readonly Finding[]> {
  const candidate = { id: 'a', text };
  const item: Item = { id: 'i', prompt: null, candidates: [candidate], ...itemForEveryCheck };
  const subject = { item, candidate, text: new ResponseText(text), signal: new AbortController().signal };
  const findings: Finding[] = [];
  for (const [, check] of checks) {
    try {
      findings.push(...(await check(subject)));
    } catch (error) {
      if (!(error instanceof CheckFailure || error instanceof RangeError)) throw error;
    }
  }
  return findings;
}

const fragments = fc.constantFrom(
  ...[
    'a',
    'B',
    ' ',
    '\n',
    '\r\n',
    '\n\n',
    '\t',
    '"',
    "'",
    '`',
    '```',
    '````js\n',
    '~~~',
    '    x',
    '*',
    '**',
    '# ',
  ],
  ...[
    '- ',
    '1. ',
    '|---|---|',
    '<<',
    '>>',
    '[1-3]',
    '[^1]:',
    '(Lee, 2020)',
    '{"a":1,"a":2}',
    '[[',
    '\\boxed{',
    'NaN',
  ],
  ...[
    '\ufeff',
    '\u200b',
    '\u00ad',
    '\u202e',
    '\ud800',
    '\udc00',
    'e\u0301',
    '\u0301',
    '👨‍👩‍👧',
    '吾輩は',
    'ภาษาไทย',
  ],
  ...[
    'مرحبا',
    'İ',
    'ß',
    'ſ',
    '½',
    '−5',
    '1.234,5',
    '1e5',
    '10^999',
    '٤٢',
    '\0',
    '&a *a',
    '<T>(',
    'a: b',
    'bob@x.org',
  ],
  ...[
    "I'm sorry, I can't",
    'fuck',
    'P.S.',
    'Section 1',
    '******',
    'The answer is',
    '4111 1111 1111 1111',
    '。',
    '？',
  ],
);

describe('every check', () => {
  it.each([
    ['nothing', ''],
    ['white space', ' \n\t\r\n'],
    ['only what cannot be seen', '\u200b\u2060\ufeff'],
    ['a line of a megabyte', 'x y. '.repeat(200_000)],
    ['100,000 lines', '- a line\n'.repeat(100_000)],
    ['lone surrogates', '\ud800 \udc00\ud800'.repeat(50)],
    ['brackets within brackets', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    [
      'code within code',
      `\`\`\`yaml\n${'- '.repeat(20_000)}a\n\`\`\`\n\`\`\`ts\n${'(['.repeat(20_000)}\n\`\`\``,
    ],
    [
      'aliases of aliases',
      `\`\`\`yaml\n${['a: &a [x]', ...[...'bcdefghi'].map((key, at) => `${key}: &${key} [${Array(9).fill(`*${'abcdefghi'[at]}`)}]`)].join('\n')}\n\`\`\``,
    ],
  ])('is done with %s', async (_name, text) => {
    expect((await findingsOn(text)).length).toBeGreaterThan(30);
  });

  it('quotes what stands where it says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fragments, { maxLength: 12 }), async (parts) => {
        const text = parts.join('');
        for (const { span, reason } of await findingsOn(text)) {
          expect(reason).not.toBe('');
          if (span === undefined) continue;
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeGreaterThanOrEqual(span.start);
          expect(span.end).toBeLessThanOrEqual(text.length);
          const isMasked = span.text.includes('•');
          if (!isMasked) expect(text.slice(span.start, span.end).startsWith(span.text)).toBe(true);
        }
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});
