import { describe, expect, it } from 'vitest';
import { endpointTo, memberOf, pairJudge, scriptedModel } from '../../../test/support/run-parts.ts';
import type { PairwiseVote, Vote } from '../../domain/vote.ts';
import { estimatedTokens } from './estimated-tokens.ts';
import { JudgeWarnings } from './judge-warnings.ts';
import { unreadAdvice } from './unread-advice.ts';

type Given = Partial<PairwiseVote> & { readonly answered?: string; readonly words?: number };

/** The warnings about one judge with these votes, each on an item of its own. */
function warningsOf(votes: readonly Given[], asked = 'qwen3:8b') {
  const rater = { ...pairJudge('judge'), model: asked };
  const warnings = new JudgeWarnings([memberOf(rater, endpointTo(scriptedModel()))]);
  votes.forEach(({ answered, words = 10, ...vote }, index) => {
    const item = `i${index}`;
    const text = 'plain words of a long answer '.repeat(words / 6);
    warnings.addItem({
      id: item,
      prompt: 'Which?',
      candidates: [
        { id: 'a', text },
        { id: 'b', text },
      ],
    });
    const base = { item, rater: 'judge', rater_kind: 'llm', kind: 'pairwise', outcome: 'verdict' } as const;
    const shown = index % 2 === 0 ? (['a', 'b'] as const) : (['b', 'a'] as const);
    const preferred = (vote.outcome ?? 'verdict') === 'verdict' ? { preferred: 'a' } : {};
    warnings.add({
      ...base,
      shown,
      ...preferred,
      ...vote,
      provenance: { model_answered: answered ?? asked },
    } as Vote);
  });
  return warnings.list();
}

const kindsOf = (...args: Parameters<typeof warningsOf>) => warningsOf(...args).map(({ warning }) => warning);
const many = (count: number, vote: Given) => Array.from({ length: count }, () => vote);

describe('JudgeWarnings', () => {
  it('says nothing about a judge that reads, decides and is who it should be', () => {
    expect(warningsOf(many(40, { input_tokens: 90 }))).toEqual([]);
  });

  it.each([
    ['truncated', /thinking_tokens/],
    ['refused', /another judge/],
    ['malformed', /raw reply/],
    ['no_verdict', /raw reply/],
    ['timeout', /timeout_ms/],
    ['network', /doctor/],
  ])('names a judge whose votes all ended as %s, with what to do', (reason, advice) => {
    const outcome = reason === 'timeout' || reason === 'network' ? 'error' : 'abstain';
    const [found, ...more] = warningsOf(many(3, { outcome, reason }));
    expect(more).toEqual([]);
    expect(found).toMatchObject({ rater: 'judge', warning: 'no_verdict', votes: 3, of: 3, item: 'i0' });
    expect(found!.advice).toMatch(advice);
    expect(found!.advice).toBe(unreadAdvice(reason));
  });

  it('takes ties for opinions', () => {
    expect(warningsOf(many(12, { outcome: 'tie' }))).toEqual([]);
  });

  it('warns of truncation from a fifth of the replies on', () => {
    const truncated = many(2, { outcome: 'abstain', reason: 'truncated' });
    expect(kindsOf([...truncated, ...many(8, {})])).toEqual(['truncated_replies']);
    expect(kindsOf([...truncated, ...many(9, {})])).toEqual([]);
  });

  it.each([
    ['a twentieth of the prompt', [{ words: 6000, input_tokens: 600 }], true],
    ['one of many', [...many(9, { input_tokens: 80 }), { words: 6000, input_tokens: 4096 }], true],
    ['all of the prompt', many(3, { words: 6000, input_tokens: 14_000 }), false],
    ['few tokens for a short prompt', many(3, { words: 60, input_tokens: 40 }), false],
    ['no tokens at all', many(3, { words: 6000, input_tokens: null }), false],
    ['a count of zero', many(3, { words: 6000, input_tokens: 0 }), false],
    [
      'a ceiling that prompts of different length share',
      [1900, 2400, 2300].map((words) => ({ words, input_tokens: 4096 })),
      true,
    ],
    ['equal counts of equal prompts', many(6, { words: 2300, input_tokens: 4700 }), false],
  ] as const)('compares the tokens counted with those sent: %s', (_case, votes, cut) => {
    expect(kindsOf(votes).includes('cut_prompts')).toBe(cut);
  });

  it.each([
    ['qwen3:8b', ['qwen3:8b', 'qwen3:8b'], []],
    ['gpt-4o-mini', ['gpt-4o-mini-2024-07-18', 'gpt-4o-mini-2024-07-18'], []],
    ['openai/gpt-4o', ['gpt-4o-2024-08-06', 'gpt-4o-2024-08-06'], []],
    ['anthropic/claude-sonnet-4', ['claude-sonnet-4-20250514', 'claude-sonnet-4-20250514'], []],
    ['llama3.1', ['/models/llama3.1-8b.gguf', '/models/llama3.1-8b.gguf'], []],
    ['gpt-4o', ['gpt-4o-2024-05-13', 'gpt-4o-2024-08-06'], ['several_models']],
    ['judge', ['judge-2026-01-01', 'fallback-mini-2'], ['several_models']],
    ['gpt-4o', ['claude-3-haiku', 'claude-3-haiku'], ['other_model']],
    ['large-model', ['small-model', 'small-model'], ['other_model']],
  ])('compares the model asked, %s, with those that answered, %j', (asked, answers, expected) => {
    const votes = answers.map((answered) => ({ answered }));
    expect(kindsOf(votes, asked)).toEqual(expected);
  });

  it('names each model that answered and how often', () => {
    const votes = ['judge-1', 'judge-1', 'fallback'].map((answered) => ({ answered }));
    expect(warningsOf(votes, 'judge')[0]).toMatchObject({ votes: 1, of: 3 });
    expect(warningsOf(votes, 'judge')[0]!.message).toContain('judge-1 (2), fallback (1)');
  });

  it('finds a judge that prefers one position, from six verdicts on', () => {
    const first = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ preferred: index % 2 === 0 ? 'a' : 'b' }));
    const second = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ preferred: index % 2 === 0 ? 'b' : 'a' }));
    expect(kindsOf(first(6))).toEqual(['one_position']);
    expect(warningsOf(second(8))[0]!.message).toContain('second response in 8 of 8');
    expect(kindsOf(first(5))).toEqual([]);
    expect(kindsOf([...first(8), ...second(2)])).toEqual([]);
  });

  it('ignores votes of raters that are no language model', () => {
    const rule = { ...pairJudge('length'), kind: 'rule' as const };
    const warnings = new JudgeWarnings([memberOf(rule, null)]);
    const shown = ['a', 'b'] as const;
    const base = { item: 'i', rater: 'length', rater_kind: 'rule', kind: 'pairwise', shown } as const;
    for (let n = 0; n < 9; n += 1) warnings.add({ ...base, outcome: 'abstain', reason: 'equal' });
    expect(warnings.list()).toEqual([]);
  });
});

describe('estimatedTokens', () => {
  it.each([
    ['The cat sat on the mat and looked at the rain.', 13],
    [' '.repeat(10_000), 1],
    ['-'.repeat(500), 1],
    ['这是一个关于天气的很长的回答。', 14],
  ])('estimates no more tokens than a tokeniser counts: %j', (text, tokens) => {
    expect(estimatedTokens(text)).toBeLessThanOrEqual(tokens);
  });
});
