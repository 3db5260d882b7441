import { describe, expect, it } from 'vitest';
import type { FactsSpec } from '../../domain/facts.ts';
import type { Item } from '../../domain/item.ts';
import type { JudgeSpec } from '../../domain/job.ts';
import { ProviderError } from '../../domain/provider-error.ts';
import type { PointwiseVote } from '../../domain/vote.ts';
import type { ChatReply, ChatRequest } from '../../ports/chat-model.ts';
import type { Ask } from '../../ports/rater.ts';
import { openFactRater } from './fact-rater.ts';

const spec: FactsSpec = { own: true, refuted: 'veto', target: 2, passages: 5, claims: 10 };
const judge = {
  spec: {
    id: 'j',
    provider: 'openai',
    model: 'gpt-x',
    family: 'gpt',
    structured: 'auto',
  } as unknown as JudgeSpec,
  capabilities: { structured: true, logprobs: false, seed: true },
};
const context = ['The bridge has two towers. The bridge was opened in 1894.'];

function itemWith(...texts: readonly string[]): Item {
  return {
    id: 'i',
    prompt: 'Tell me about the bridge.',
    context,
    candidates: texts.map((text, index) => ({ id: `c${index}`, text })),
  };
}

async function votesOn(
  item: Item,
  ask: Ask | null,
  more: Partial<FactsSpec> = {},
): Promise<readonly PointwiseVote[]> {
  const rater = await openFactRater({
    spec: { ...spec, ...more },
    corpus: null,
    judge: ask === null ? null : judge,
  });
  const signal = new AbortController().signal;
  const noModel = () => Promise.reject(new Error('noModel is to be asked'));
  const votes = await Promise.all(
    rater
      .tasks(item)
      .map((task) => rater.perform(task, item, { ask: ask ?? noModel, askOther: noModel, signal })),
  );
  return votes.flat() as PointwiseVote[];
}

/** Answers one question after the other. */
function scripted(
  ...replies: readonly (string | Partial<ChatReply> | Error)[]
): Ask & { readonly asked: ChatRequest[] } {
  const asked: ChatRequest[] = [];
  const ask = async (request: ChatRequest) => {
    const reply = replies[asked.length] ?? '{}';
    asked.push(request);
    if (reply instanceof Error) throw reply;
    const full = typeof reply === 'string' ? { text: reply } : reply;
    return {
      key: `k${asked.length}`,
      reply: {
        text: '',
        finish: 'stop' as const,
        modelAnswered: 'gpt-x',
        usage: { input: 10, output: 5 },
        ...full,
      },
      costUsd: 0.001,
      latencyMs: 1,
      cached: false,
    };
  };
  return Object.assign(ask, { asked });
}

const json = JSON.stringify;
const split = json({ claims: [{ sentence: 1, claim: 'The bridge has two towers.' }] });

describe('openFactRater without a judge', () => {
  it('scores, vetoes what is refuted, and keeps the evidence', async () => {
    const [good, fine, bad, veto] = await votesOn(
      itemWith('The bridge has two towers. The bridge was opened in 1894.', 'The bridge has three towers.'),
      null,
    );
    expect(good).toMatchObject({
      candidate: 'c0',
      criterion: 'facts',
      outcome: 'verdict',
      score: 1,
      scale: [0, 1],
    });
    expect(good?.provenance?.claims).toMatchObject([
      { verdict: 'supported', evidence: { source: 'context[0]', start: 0, end: 26 } },
      { verdict: 'supported', evidence: { start: 27 } },
    ]);
    expect(fine).toMatchObject({ criterion: 'refuted', score: 1 });
    expect(bad).toMatchObject({ candidate: 'c1', criterion: 'facts', score: 0 });
    expect(veto).toMatchObject({ criterion: 'refuted', score: 0, veto: true });
    expect(veto?.reason).toContain('the evidence says two, not three');
  });

  it.each([
    ['Good morning to you!', 'no claims'],
    ['', 'no claims'],
    ["I'm not sure.", 'says that it does not know'],
    ['The bridge is green.', 'no claim could be decided: 0 supported, 0 refuted, 1 unverifiable'],
  ])('abstains on %j: %s', async (text, reason) => {
    expect(await votesOn(itemWith(text), null)).toMatchObject([{ outcome: 'abstain', reason }]);
  });

  it('has no task for an item without evidence or a candidate without text', async () => {
    const item: Item = { id: 'i', prompt: 'x', candidates: [{ id: 'a', text: 'Paris is a city.' }] };
    expect(await votesOn(item, null)).toEqual([]);
    expect(await votesOn({ ...item, context, candidates: [{ id: 'a', text: null }] }, null)).toEqual([]);
  });

  it('counts a claim once, however often it is made', async () => {
    const [vote] = await votesOn(itemWith('The bridge has two towers. '.repeat(20)), null);
    expect(vote).toMatchObject({ reason: '1 supported, 0 refuted, 0 unverifiable' });
    const claims = Array.from({ length: 5 }, () => ({ sentence: 1, claim: 'The bridge has two towers.' }));
    const ask = scripted(
      json({ claims }),
      json({ judgements: [{ claim: 1, verdict: 'supported', passage: 1, quote: 'has two towers' }] }),
    );
    const [asked] = await votesOn(itemWith('It has two towers.'), ask);
    expect(asked).toMatchObject({ reason: '1 supported, 0 refuted, 0 unverifiable' });
  });

  it('lets refuted claims speak as penalty or info', async () => {
    const item = itemWith('The bridge has three towers.');
    expect((await votesOn(item, null, { refuted: 'penalty' }))[1]).not.toHaveProperty('veto');
    expect((await votesOn(item, null, { refuted: 'info' }))[1]).toMatchObject({ outcome: 'abstain' });
  });
});

describe('openFactRater with a judge', () => {
  const verdict = (entry: object) =>
    json({ judgements: [{ claim: 1, passage: 1, quote: 'has two  Towers', ...entry }] });

  it('splits, verifies with a quote, and adds up what it cost', async () => {
    const ask = scripted(`Here you are: ${split}`, verdict({ verdict: 'supported' }));
    const [vote] = await votesOn(itemWith('It has two towers.'), ask);
    expect(vote).toMatchObject({
      outcome: 'verdict',
      model: 'gpt-x',
      cost_usd: 0.002,
      input_tokens: 20,
      provenance: { replies: ['k1', 'k2'] },
    });
    expect(vote?.provenance?.claims).toMatchObject([
      {
        claim: 'The bridge has two towers.',
        verdict: 'supported',
        evidence: { start: 11, end: 25, text: 'has two towers' },
      },
    ]);
    expect(ask.asked[0]!.schema?.name).toBe('claims');
  });

  it('accepts no verdict whose quote no passage has', async () => {
    const [vote] = await votesOn(
      itemWith('It has two towers.'),
      scripted(split, verdict({ verdict: 'refuted', quote: 'has nine towers' })),
    );
    expect(vote).toMatchObject({ outcome: 'abstain' });
    expect(vote?.provenance?.claims).toMatchObject([
      { verdict: 'unverifiable', reason: 'the judge says refuted, and no passage has its quote' },
    ]);
  });

  it.each([
    ['no JSON', 'I would say all of it is true.', 'abstain', 'unreadable'],
    ['nothing', '', 'abstain', 'unreadable'],
    ['a truncated reply', { text: '{"claims": [', finish: 'length' as const }, 'abstain', 'truncated'],
    ['a refusal', { text: 'I cannot', finish: 'refusal' as const }, 'abstain', 'refused'],
    ['a filtered reply', { text: '', finish: 'content_filter' as const }, 'abstain', 'content_filter'],
    [
      'too much for its context',
      new ProviderError('context_too_long', 'too long', { provider: 'p', model: 'm' }),
      'error',
      'context_too_long',
    ],
  ])('makes no verdict of %s', async (_name, reply, outcome, reason) => {
    for (const ask of [scripted(reply), scripted(split, reply)]) {
      expect(await votesOn(itemWith('It has two towers.'), ask)).toMatchObject([
        { criterion: 'facts', outcome, reason },
      ]);
    }
  });

  it('answers a splitter that finds nothing with the splitter without a model', async () => {
    const ask = scripted('{"claims": []}', verdict({ verdict: 'supported' }));
    const [vote] = await votesOn(itemWith('The bridge has two towers.'), ask);
    expect(vote?.provenance?.claims).toMatchObject([
      { claim: 'The bridge has two towers.', verdict: 'supported' },
    ]);
  });

  it('checks no more than was allowed of 500 claims', async () => {
    const many = json({
      claims: Array.from({ length: 500 }, (_unused, index) => ({
        sentence: 1,
        claim: `Claim ${index} is one.`,
      })),
    });
    const ask = scripted(many, '{"judgements": []}');
    const [vote] = await votesOn(itemWith('It has two towers.'), ask);
    expect(vote?.reason).toContain('490 more not checked');
    expect(ask.asked).toHaveLength(2);
  });

  it('keeps evidence that is longer than a context window in bounds', async () => {
    const item = {
      ...itemWith('It has two towers.'),
      context: ['The bridge has towers and more. '.repeat(20_000)],
    };
    const ask = scripted(split, '{"judgements": []}');
    await votesOn(item, ask);
    expect(ask.asked[1]!.messages[1]!.content.length).toBeLessThan(20_000);
  });

  it('throws what must stop the run', async () => {
    const error = new ProviderError('auth', 'no key', { provider: 'p', model: 'm' });
    await expect(votesOn(itemWith('It has two towers.'), scripted(error))).rejects.toBe(error);
  });
});
