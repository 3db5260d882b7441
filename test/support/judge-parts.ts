import type { Item } from '../../src/domain/item.ts';
import type { JudgeSpec } from '../../src/domain/job.ts';
import type { Rubric } from '../../src/domain/rubric.ts';

export function rubricOf(changes: Partial<Rubric> = {}): Rubric {
  return {
    id: 'test',
    version: '1',
    title: 'Test',
    description: '',
    mode: 'pairwise',
    scale: [1, 5],
    criteria: [
      { id: 'right', description: 'Is it right?', weight: 2, anchors: { 1: 'wrong', 5: 'right' } },
      { id: 'tested', description: 'Does the code run?', weight: 1, categories: ['code'] },
    ],
    reference: 'optional',
    reasoning: { maxWords: 60 },
    ties: true,
    verdict: 'json',
    ask: 'overall',
    ...changes,
  };
}

export function specOf(changes: Partial<JudgeSpec> = {}): JudgeSpec {
  return {
    id: 'judge',
    provider: 'openai',
    model: 'gpt-test',
    family: 'gpt',
    timeoutMs: 1000,
    limits: {},
    price: null,
    structured: 'auto',
    rubric: rubricOf(),
    rubricHash: 'rubric-hash',
    orders: 'both',
    samples: 1,
    budgetUsd: null,
    optional: false,
    ...changes,
  };
}

export const sky: Item = {
  id: 'sky',
  prompt: 'Why is the sky blue?',
  candidates: [
    { id: 'a', text: 'Because air scatters short waves more than long ones.', model: 'gpt-4' },
    { id: 'b|:"ü', text: 'It reflects the sea.', model: 'claude-3' },
    { id: 'c', text: 'Rayleigh scattering, which grows with 1/λ⁴.', model: 'llama-3' },
  ],
  reference: 'Rayleigh scattering.',
};

export const sum: Item = {
  id: 'sum',
  prompt: [
    { role: 'user', content: 'Hello' },
    { role: 'assistant', content: 'Hi' },
    { role: 'user', content: 'Write a sum.' },
  ],
  candidates: [
    { id: 'x', text: 'a + b' },
    { id: 'y', text: '' },
  ],
  category: 'code',
  context: ['Sums are written with a plus sign.'],
};
