import { describe, expect, it } from 'vitest';
import { rubricOf, specOf } from '../../../test/support/judge-parts.ts';
import { createJudge } from '../llm/create-judge.ts';
import { recusedJudge } from './recused-judge.ts';

const capabilities = { structured: false, logprobs: false, seed: false };

function asked(
  mode: 'pairwise' | 'pointwise' | 'listwise',
  authors: readonly (string | null)[],
  model = 'gpt-4o',
) {
  const judge = createJudge(specOf({ model, rubric: rubricOf({ mode }) }), capabilities);
  const candidates = authors.map((author, index) => ({
    id: 'abcd'[index]!,
    text: `Text ${index}`,
    model: author,
  }));
  const item = { id: 'i', prompt: 'Q?', candidates };
  const recused = recusedJudge(judge);
  const tasks = recused.tasks(item).map((task) => task.candidates.join(''));
  expect(tasks.length + (recused.recusedTasks?.(item) ?? 0)).toBe(judge.tasks(item).length);
  return tasks;
}

describe('recusedJudge', () => {
  it.each([
    ['pairwise', ['gpt-4', 'claude-3'], []],
    ['pairwise', ['gpt-4', 'gpt-4o'], ['ab']],
    ['pairwise', ['claude-3', 'llama-3'], ['ab']],
    ['pairwise', ['gpt-4', null], []],
    ['pairwise', [null, null], ['ab']],
    ['pairwise', ['gpt-4', 'claude-3', 'llama-3'], ['bc']],
    ['pointwise', ['gpt-4'], ['a']],
    ['pointwise', ['gpt-4', 'claude-3'], []],
    ['pointwise', ['gpt-4', 'claude-3', 'llama-3'], ['b', 'c']],
    ['pointwise', ['gpt-4', 'gpt-4o', 'claude-3'], ['a', 'b']],
    ['listwise', ['gpt-4', 'claude-3'], []],
    ['listwise', ['gpt-4', 'claude-3', 'llama-3'], ['abc']],
  ] as const)('is asked only what can count: %s by %j', (mode, authors, expected) => {
    expect(asked(mode, authors)).toEqual(expected);
  });

  it('is asked everything where its family is not known', () => {
    expect(asked('pairwise', ['gpt-4', 'claude-3'], 'house-model')).toEqual(['ab']);
  });

  it('is not asked about identical responses in any mode', () => {
    for (const mode of ['pairwise', 'listwise'] as const) {
      const judge = createJudge(specOf({ rubric: rubricOf({ mode }) }), capabilities);
      const same = ['a', 'b'].map((id) => ({ id, text: id === 'a' ? 'Same.' : ' Same.\n' }));
      expect(judge.tasks({ id: 'i', prompt: 'Q?', candidates: same })).toEqual([]);
    }
  });

  it('is not asked without a question', () => {
    const judge = createJudge(specOf(), capabilities);
    const candidates = ['a', 'b'].map((id) => ({ id, text: id }));
    for (const prompt of ['', ' \n', [{ role: 'user' as const, content: '' }], null]) {
      expect(judge.tasks({ id: 'i', prompt, candidates })).toEqual([]);
    }
  });
});
