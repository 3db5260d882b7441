import { describe, expect, it } from 'vitest';
import { rubricOf, sky, specOf, sum } from '../../../test/support/judge-parts.ts';
import type { Item } from '../../domain/item.ts';
import type { PairwiseVote } from '../../domain/vote.ts';
import { promptOf, scriptedContext } from '../../testing/scripted-model.ts';
import { createJudge } from './create-judge.ts';

const can = { structured: true, logprobs: true, seed: true };
const cannot = { structured: false, logprobs: false, seed: false };

async function votesOf(judge: ReturnType<typeof createJudge>, item: Item, reply: string) {
  const context = scriptedContext(() => reply);
  const [task] = judge.tasks(item);
  return { votes: await judge.perform(task!, item, context), asked: context.asked };
}

describe('a judge', () => {
  it('is asked in both orders, and its verdict is about the candidate that stood there', async () => {
    const { votes, asked } = await votesOf(createJudge(specOf(), can), sum, '{"reason":"r","verdict":"A"}');
    expect(votes).toMatchObject([
      { shown: ['x', 'y'], preferred: 'x', provenance: { order: 'forward' } },
      { shown: ['y', 'x'], preferred: 'y', provenance: { order: 'reversed' } },
    ]);
    const [forward] = asked;
    expect(promptOf(forward!.request).indexOf('a + b')).toBeLessThan(
      promptOf(forward!.request).indexOf('(empty)'),
    );
  });

  it('draws one order where that is wanted, about half of them each way, the same for the same seed', async () => {
    const orders = async (seed: number) => {
      const judge = createJudge(specOf({ orders: 'random' }), can, { seed });
      const drawn: string[] = [];
      for (let index = 0; index < 200; index += 1) {
        const { votes } = await votesOf(
          judge,
          { ...sum, id: `item-${index}` },
          '{"reason":"r","verdict":"A"}',
        );
        expect(votes).toHaveLength(1);
        drawn.push((votes[0] as PairwiseVote).shown[0]);
      }
      return drawn;
    };
    const drawn = await orders(7);
    expect(drawn.filter((first) => first === 'x').length).toBeGreaterThan(70);
    expect(drawn.filter((first) => first === 'y').length).toBeGreaterThan(70);
    expect(await orders(7)).toEqual(drawn);
    expect(await orders(8)).not.toEqual(drawn);
  });

  it('says all that shaped its votes', async () => {
    const { votes } = await votesOf(createJudge(specOf(), can), sum, '{"reason":"r","verdict":"tie"}');
    expect(votes[0]).toMatchObject({
      outcome: 'tie',
      cost_usd: 0.001,
      input_tokens: 100,
      output_tokens: 10,
      provenance: {
        replies: [expect.stringMatching(/^[0-9a-f]{64}$/)],
        prompt_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        rubric_hash: 'rubric-hash',
        model_asked: 'gpt-test',
        model_answered: 'own-2026-01',
        params: { temperature: 0, structured: true },
        parser: 'verdict/4',
      },
    });
    expect((votes[0] as PairwiseVote).provenance?.prompt_hash).not.toBe(votes[1]!.provenance?.prompt_hash);
  });

  it('asks for a schema where the model has it, the reason before the verdict, and for words where not', async () => {
    const reply = '{"reason":"r","verdict":"A"}';
    const held = await votesOf(createJudge(specOf(), can), sum, reply);
    expect(Object.keys(held.asked[0]!.request.schema!.json.properties as object)).toEqual([
      'reason',
      'verdict',
    ]);
    const free = await votesOf(createJudge(specOf(), cannot), sum, `Here: ${reply}`);
    expect(free.asked[0]!.request.schema).toBeUndefined();
    expect(free.votes[0]).toMatchObject({ outcome: 'verdict', preferred: 'x' });
    const text = createJudge(specOf({ rubric: rubricOf({ verdict: 'brackets' }) }), can);
    expect((await votesOf(text, sum, '[[B]]')).asked[0]!.request.schema).toBeUndefined();
  });

  it('puts what is the same for all items first, and only the criteria of the item’s category into it', async () => {
    const judge = createJudge(specOf(), can);
    const onSum = await votesOf(judge, sum, '');
    const onSky = await votesOf(judge, sky, '');
    expect(onSum.asked[0]!.request).toMatchObject({ stableMessages: 1 });
    expect(onSum.asked[0]!.request.messages[0]).toBe(onSum.asked[1]!.request.messages[0]);
    expect(promptOf(onSum.asked[0]!.request)).toContain('Does the code run?');
    expect(promptOf(onSky.asked[0]!.request)).not.toContain('Does the code run?');
    expect(promptOf(onSky.asked[0]!.request)).toContain('Rayleigh scattering.');
  });

  it('reads the probability of a verdict that came first, and asks for it only then', async () => {
    const quick = createJudge(specOf({ rubric: rubricOf({ reasoning: null }) }), can);
    const context = scriptedContext(() => ({
      text: '{"verdict":"A"}',
      logprobs: [
        { token: '{"verdict":"', logprob: 0, top: [] },
        {
          token: 'A',
          logprob: Math.log(0.6),
          top: [
            { token: 'A', logprob: Math.log(0.6) },
            { token: 'B', logprob: Math.log(0.2) },
            { token: 'Z', logprob: Math.log(0.2) },
          ],
        },
        { token: '"}', logprob: 0, top: [] },
      ],
    }));
    const [vote] = await quick.perform(quick.tasks(sum)[0]!, sum, context);
    expect(vote!.probability).toBeCloseTo(0.75);
    expect(context.asked[0]!.request.topLogprobs).toBe(5);
    const reasoned = await votesOf(createJudge(specOf(), can), sum, '');
    expect(reasoned.asked[0]!.request.topLogprobs).toBeUndefined();
  });

  it('leaves out items it cannot judge: no text, no prompt, no reference where one is required', () => {
    const strict = createJudge(specOf({ rubric: rubricOf({ reference: 'required' }) }), can);
    expect(strict.tasks(sum)).toEqual([]);
    expect(strict.tasks(sky)).toHaveLength(3);
    const judge = createJudge(specOf(), can);
    expect(judge.tasks({ ...sum, prompt: null })).toEqual([]);
    expect(
      judge.tasks({
        ...sum,
        candidates: [
          { id: 'x', text: null },
          { id: 'y', text: 'b' },
        ],
      }),
    ).toEqual([]);
  });

  it('ranks from letters, whatever order it was shown, and reads no ranking that is not whole', async () => {
    const judge = createJudge(specOf({ rubric: rubricOf({ mode: 'listwise' }) }), can, { seed: 3 });
    const { votes, asked } = await votesOf(judge, sky, '{"reason":"r","ranking":[["C"],["A","B"]]}');
    const shown = asked[0]!.request.task!.shown.map(({ id }) => id);
    expect(votes).toMatchObject([{ outcome: 'verdict', ranking: [[shown[2]], [shown[0], shown[1]]] }]);
    const short = await votesOf(judge, sky, '{"reason":"r","ranking":[["C"],["A"]]}');
    expect(short.votes).toMatchObject([{ outcome: 'abstain', reason: 'not_offered' }]);
  });

  it('changes its fingerprint with everything that shapes its votes', () => {
    const prints = [
      createJudge(specOf(), can),
      createJudge(specOf({ model: 'other' }), can),
      createJudge(specOf({ temperature: 1 }), can),
      createJudge(specOf({ rubricHash: 'other' }), can),
      createJudge(specOf({ orders: 'random' }), can),
      createJudge(specOf({ structured: 'off' }), can),
    ].map(({ fingerprint }) => fingerprint);
    expect(new Set(prints).size).toBe(prints.length);
  });
});
