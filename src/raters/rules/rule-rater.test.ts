import { describe, expect, it } from 'vitest';
import type { Item } from '../../domain/item.ts';
import type { Rule } from '../../domain/rule.ts';
import type { TaskContext } from '../../ports/rater.ts';
import { openRuleRater } from './rule-rater.ts';

const item: Item = {
  id: 'i1',
  prompt: 'Say yes',
  category: 'chat',
  candidates: [
    { id: 'a', text: 'yes' },
    { id: 'b', text: 'no TODO' },
    { id: 'c', text: null },
  ],
};
const must: Rule = { id: 'must', check: 'regex', pattern: 'yes', expect: 'present', severity: 'penalty' };
const never: Rule = { id: 'never', check: 'regex', pattern: 'TODO', expect: 'absent', severity: 'veto' };
const context: TaskContext = {
  ask: () => Promise.reject(new Error('a rule asks no model')),
  askOther: () => Promise.reject(new Error('a rule asks no model')),
  signal: new AbortController().signal,
};

async function votesOf(rules: readonly Rule[], options = {}) {
  const rater = await openRuleRater(rules, options);
  const tasks = rater.tasks(item);
  expect(tasks).toHaveLength(1);
  expect(tasks[0]).toMatchObject({ candidates: ['a', 'b'], calls: 0 });
  return rater.perform(tasks[0]!, item, context);
}

describe('openRuleRater', () => {
  it('gives one vote per candidate and rule, with the span that decided', async () => {
    const votes = await votesOf([must, never]);
    expect(
      votes.map((vote) => [
        vote.criterion,
        vote.kind === 'pointwise' && vote.candidate,
        vote.outcome,
        'score' in vote && vote.score,
        vote.veto,
      ]),
    ).toEqual([
      ['must', 'a', 'verdict', 1, undefined],
      ['never', 'a', 'verdict', 1, undefined],
      ['must', 'b', 'verdict', 0, undefined],
      ['never', 'b', 'verdict', 0, true],
    ]);
    expect(votes[3]).toMatchObject({
      reason: '/TODO/ must not match: "TODO"',
      provenance: { basis: 'never', severity: 'veto', span: { start: 3, end: 7, text: 'TODO' } },
    });
  });

  it('lets an info rule speak without a say', async () => {
    const votes = await votesOf([{ ...must, severity: 'info' }]);
    expect(votes).toMatchObject([{ candidate: 'b', outcome: 'abstain', reason: '/yes/ matches nothing' }]);
  });

  it('looks only at items of the rule’s categories', async () => {
    const rater = await openRuleRater([{ ...must, categories: ['code'] }]);
    expect(rater.tasks(item)).toEqual([]);
  });

  it('refuses to run a program unless that is allowed, and makes its failure an error vote', async () => {
    const rule: Rule = {
      id: 'mine',
      check: 'command',
      run: ['false'],
      seconds: 5,
      megabytes: 256,
      severity: 'veto',
    };
    await expect(openRuleRater([rule])).rejects.toThrow(/"mine" runs a program, which is not allowed/);
    const votes = await votesOf([rule], { allowCommands: true });
    expect(votes).toMatchObject([{ outcome: 'error' }, { outcome: 'error' }]);
    expect(votes.some(({ veto }) => veto)).toBe(false);
  });

  it('has a fingerprint that changes with the rules', async () => {
    const [one, same, other] = await Promise.all([
      openRuleRater([must]),
      openRuleRater([{ ...must }]),
      openRuleRater([never]),
    ]);
    expect(one.fingerprint).toBe(same.fingerprint);
    expect(one.fingerprint).not.toBe(other.fingerprint);
  });
});
