import { describe, expect, it } from 'vitest';
import { checkResponse } from '../../../test/support/check-response.ts';

type Match = 'exact' | 'contains' | 'numeric' | 'choice';

async function isRight(match: Match, reference: string, text: string): Promise<boolean | undefined> {
  const rule = { check: 'answer', match, tolerance: 1e-9, relative: 0 } as const;
  return (await checkResponse(rule, text, { reference }))[0]?.pass;
}

describe('numbers', () => {
  it.each([
    ['1234.5', '1.234,5'],
    ['1234567.89', '1,234,567.89'],
    ['1234567', '1 234 567'],
    ['1234', '$1{,}234$'],
    ['3.14', '3,14'],
    ['3', 'It is one of 1,2,3'],
    ['100000', '1e5'],
    ['120000', '1.2 × 10^5'],
    ['120000', '1.2 \\times 10^{5}'],
    ['0.00012', '1.2·10⁻⁴'],
    ['1024', '2^10'],
    ['-5', '−5'],
    ['-5', '-$5'],
    ['0.5', '½'],
    ['2.5', '2½'],
    ['2.5', '2 1/2'],
    ['0.75', '\\boxed{\\frac{3}{4}}'],
    ['0.5', '50%'],
    ['50', '50 %'],
    ['50%', '0.5'],
    ['42', '٤٢'],
    ['42', '４２'],
    ['3', 'between 1-3'],
    ['19', 'COVID-19'],
    ['42', 'The answer is 42 (rounded to 2 decimals).'],
    ['7', 'The answer to question 2 is 3 + 4 = 7.'],
    ['3', 'Answer:\n3\n\nI took 2 steps.'],
    ['18', '9 - 3 - 4 + 16 = 18\n#### 18'],
  ])('%s is %j', async (reference, text) => {
    expect(await isRight('numeric', reference, text)).toBe(true);
  });

  it.each([
    ['5', '-5'],
    ['50', '0.5'],
    ['1234', '1.234'],
    ['5', 'none at all'],
    ['0.333', '1/3'],
  ])('%s is not %j', async (reference, text) => {
    expect(await isRight('numeric', reference, text)).toBe(false);
  });
});

describe('choices', () => {
  it.each([
    ['B', '(B)'],
    ['B', 'b'],
    ['B', 'B.'],
    ['(B)', 'B'],
    ['B', 'The answer is: b'],
    ['B', '(b) Paris'],
    ['B', 'B, I think'],
    ['B', 'I think it is B.'],
    ['B', '\\boxed{\\text{B}}'],
    ['B', 'B) A dog'],
    ['B', 'Answer: B. A is wrong.'],
    ['B', 'The answer is B because A is false'],
    ['B', 'B\n\nA. is wrong, since dogs bark.'],
    ['C', 'A. x\nB. y\nC. z\n\nThe correct option is C'],
    ['C', 'A. x\nB. y\nC. z\n\nSo it must be C.'],
  ])('%s is %j', async (reference, text) => {
    expect(await isRight('choice', reference, text)).toBe(true);
  });

  it.each([
    ['A', 'A dog barks.'],
    ['I', 'I think so.'],
    ['A', ''],
  ])('%s is not %j', async (reference, text) => {
    expect(await isRight('choice', reference, text)).toBe(false);
  });
});

describe('texts', () => {
  it.each([
    ['exact', 'The Moon', 'Answer:\nthe moon!'],
    ['exact', 'Moon', '**Answer:** Moon'],
    ['exact', '-5', '−5'],
    ['exact', '1234', '1,234'],
    ['exact', 'café', 'cafe\u0301'],
    ['contains', '东京', '答案：东京'],
  ] as const)('%s: %j is %j', async (match, reference, text) => {
    expect(await isRight(match, reference, text)).toBe(true);
  });

  it.each([
    ['exact', 'A', ''],
    ['exact', '−5', '5'],
    ['exact', 'C++', 'C'],
    ['exact', '3/4', '34'],
    ['contains', 'cat', 'concatenate'],
    ['contains', '5', '15'],
    ['contains', 'The', 'zzz'],
  ] as const)('%s: %j is not %j', async (match, reference, text) => {
    expect(await isRight(match, reference, text)).toBe(false);
  });
});
