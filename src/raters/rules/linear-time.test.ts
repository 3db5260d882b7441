import { describe, expect, it } from 'vitest';
import { checkResponse } from '../../../test/support/check-response.ts';
import { everyCheck, itemForEveryCheck } from '../../../test/support/every-check.ts';
import { CheckFailure } from './finding.ts';

// No clock is read here. What grows with the square of its text needs minutes for these, and runs into the test's limit.

async function run(rule: Parameters<typeof checkResponse>[0], text: string): Promise<void> {
  try {
    expect(await checkResponse(rule, text, itemForEveryCheck)).toBeDefined();
  } catch (error) {
    if (!(error instanceof CheckFailure || error instanceof RangeError)) throw error;
  }
}

describe('patterns of users', () => {
  it.each([
    ['(a+)+$', `${'a'.repeat(100_000)}b`],
    ['(x+x+)+y', 'x'.repeat(100_000)],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', 'a'.repeat(100_000)],
    ['(.*a){12}', 'b'.repeat(100_000)],
  ])('%s takes linear time', async (pattern, text) => {
    // each of these would run for longer than the universe in a backtracking engine
    const [finding] = await checkResponse({ check: 'regex', pattern, expect: 'absent' }, text);
    expect(finding?.pass).toBe(true);
  });

  it('do so within a JSON Schema too', async () => {
    const schema = { items: { pattern: '^(a+)+$' }, uniqueItems: true };
    const json = JSON.stringify([
      `${'a'.repeat(50_000)}b`,
      ...Array.from({ length: 50_000 }, (_unused, at) => [at]),
    ]);
    const [finding] = await checkResponse({ check: 'json', schema }, json);
    expect(finding?.reason).toMatch(/must match pattern/);
    const unique = await checkResponse({ check: 'json', schema: { uniqueItems: true } }, json);
    expect(unique[0]?.pass).toBe(true);
  });
});

describe('code that is read by trying', () => {
  it.each(['<T>(', '<T>(x=<T>(', '(a=async<T>('])(
    '%s nested is given up, and is no verdict',
    async (unit) => {
      const text = `\`\`\`ts\n${unit.repeat(40)}1${')'.repeat(40)}\n\`\`\``;
      const rule = { check: 'code', language: 'ts', parses: true } as const;
      await expect(checkResponse(rule, text)).rejects.toThrow(/too long to parse/);
    },
  );

  it('has keys that are compared once each', async () => {
    const keys = Array.from({ length: 20_000 }, (_unused, at) => `k${at}: 1`).join('\n');
    const [finding] = await checkResponse({ check: 'code', parses: true }, `\`\`\`yaml\n${keys}\n\`\`\``);
    expect(finding?.pass).toBe(true);
  });
});

/** Repeated, with an end that makes every try from every place fail. */
const hostile: readonly (readonly [string, string])[] = [
  ['.', 'x'],
  ['!?', 'x'],
  [' ', 'x'],
  ['\n', 'x'],
  ['A', '!'],
  ['1', 'x'],
  ['1,', 'x'],
  ['"', 'x'],
  ['`', 'x'],
  ['*', ''],
  ['<', ''],
  ['[', ''],
  ['[1', ''],
  ['[a](', ''],
  ['{', ''],
  ['(Aa', ''],
  ['|-', 'x'],
  ['\n|---', ''],
  ['\n- ', ''],
  ['\\boxed{', ''],
  ['answer:', ''],
  ['I am sorry ', ''],
  ['a@', ''],
  ['e\u0301\u200b', ''],
];

describe('our own patterns', () => {
  it.each(hostile)('are done with 200 KB of %j', async (unit, tail) => {
    const text = unit.repeat(Math.ceil(200_000 / unit.length)) + tail;
    for (const rule of everyCheck) await run(rule, text);
  });

  it.each([
    ['a fence', `\`\`\`${'a'.repeat(200_000)}\``],
    ['a fenced block', `\`\`\`\n${'```a\n'.repeat(40_000)}`],
    ['a text without spaces', '吾輩は猫である'.repeat(5_000)],
  ])('are done with %s', async (_name, text) => {
    for (const rule of everyCheck) await run(rule, text);
  });
});
