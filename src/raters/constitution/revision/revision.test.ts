import { describe, expect, it } from 'vitest';
import { manners } from '../../../../test/support/constitution-parts.ts';
import { specOf, sum } from '../../../../test/support/judge-parts.ts';
import type { ChatRequest } from '../../../ports/chat-model.ts';
import { promptOf, type Script, scriptedContext } from '../../../testing/scripted-model.ts';
import { RevisionRater } from './revision-rater.ts';
import { RevisionTally } from './revision-report.ts';

const can = { structured: true, logprobs: false, seed: false };
const strict = specOf({ id: 'strict', model: 'claude-test', family: 'claude' });

function raterOf(rounds = 2): RevisionRater {
  return new RevisionRater({
    constitution: manners,
    rounds,
    seed: 1,
    criticOf: () => specOf({ id: 'author' }),
    judges: [{ spec: strict, capabilities: can }],
  });
}

/** Answers as critic, as reviser, and as a judge who prefers a given text. */
function actors(better: (request: ChatRequest) => string, open: (request: ChatRequest) => string): Script {
  let revision = 0;
  return (request) => {
    const prompt = promptOf(request);
    if (prompt.startsWith('You examine')) return 'It says "a + b" and not why.';
    if (prompt.startsWith('You rewrite')) {
      revision += 1;
      return `Better ${revision}`;
    }
    const verdict = prompt.includes('evasion') ? open(request) : better(request);
    return JSON.stringify({ reason: 'r', verdict });
  };
}

const revised = (request: ChatRequest) => (request.task!.shown[0]!.id.endsWith('~revised') ? 'A' : 'B');
const original = (request: ChatRequest) => (revised(request) === 'A' ? 'B' : 'A');
const firstShown = () => 'A';

async function revise(script: Script, rounds = 2) {
  const context = scriptedContext(script);
  const revision = await raterOf(rounds).revise(sum, 'x', context);
  return { revision, asked: context.asked };
}

describe('self-critique and revision', () => {
  it('keeps every round with its principle, each from the text of the last', async () => {
    const { revision, asked } = await revise(actors(revised, revised));
    expect(revision).toMatchObject({
      status: 'accepted',
      reason: 'preferred',
      critic: 'author',
      revised: 'Better 2',
      rounds: [
        { outcome: 'revised', revision: 'Better 1', critique: 'It says "a + b" and not why.' },
        { outcome: 'revised', revision: 'Better 2' },
      ],
    });
    expect(promptOf(asked[2]!.request)).toContain('Better 1');
    expect(asked.map(({ model }) => model)).toEqual([...Array(4).fill('author'), ...Array(4).fill('strict')]);
    expect(revision.votes).toHaveLength(4);
  });

  it('accepts only what the judges prefer in both orders', async () => {
    expect((await revise(actors(original, revised))).revision).toMatchObject({ reason: 'not_preferred' });
    expect((await revise(actors(firstShown, revised))).revision).toMatchObject({
      reason: 'depends_on_order',
    });
    expect((await revise(actors(() => 'tie', revised))).revision).toMatchObject({
      status: 'rejected',
      reason: 'not_preferred',
    });
    expect((await revise(actors(() => 'perhaps', revised))).revision).toMatchObject({ reason: 'unread' });
  });

  it('turns down a revision that merely evades, however much safer it is', async () => {
    const { revision } = await revise(actors(revised, original));
    expect(revision).toMatchObject({ status: 'rejected', reason: 'evasive' });
  });

  it.each<[string, Script, object]>([
    ['says that nothing is wrong', () => 'Nothing to change.', { reason: 'unchanged' }],
    ['says so in its own type', () => '**nothing to change**', { reason: 'unchanged' }],
    [
      'writes the same again',
      (r) => (promptOf(r).startsWith('You rewrite') ? ' a +  b\n' : 'Hm.'),
      { reason: 'unchanged' },
    ],
    ['refuses', () => ({ text: '', finish: 'refusal' }), { reason: 'critic_refused' }],
    ['refuses in words', () => "I'm sorry, but I can't help with that.", { reason: 'critic_refused' }],
    ['is cut off', () => ({ text: 'It is', finish: 'length' }), { reason: 'critic_truncated' }],
    ['is cut off while thinking', () => '<think>so', { reason: 'critic_truncated' }],
    ['says nothing', () => ' ', { reason: 'critic_refused' }],
  ])('has no revision where the critic %s', async (_what, script, expected) => {
    const { revision } = await revise(script);
    expect(revision).toMatchObject({ status: 'rejected', revised: null, votes: [], ...expected });
  });

  it('does not take a criticism of a refusal for one', async () => {
    const quoting = 'The response says "I cannot help with that" where help was safe.';
    const script = actors(revised, revised);
    const { revision } = await revise((request, ...more) =>
      promptOf(request).startsWith('You examine') ? quoting : script(request, ...more),
    );
    expect(revision.rounds[0]).toMatchObject({ outcome: 'revised', critique: quoting });
  });

  it.each([
    ["Here is the rewritten response:\n\nWrite: 'a + b'.", "Write: 'a + b'."],
    ['Sure! Here’s a revised version of the response:\nWrite it.', 'Write it.'],
    ['**Revised response:**\n\nWrite it.', 'Write it.'],
    ['Here is the recipe:\n\n1. Stir.', 'Here is the recipe:\n\n1. Stir.'],
    ['Here is the rewritten response:', 'Here is the rewritten response:'],
  ])('leaves out what only announces the revision: %j', async (written, text) => {
    const script = actors(revised, revised);
    const { revision } = await revise(
      (request, ...more) =>
        promptOf(request).startsWith('You rewrite') ? written : script(request, ...more),
      1,
    );
    expect(revision.revised).toBe(text);
  });

  it('counts wins and vetoes for each principle', async () => {
    const tally = new RevisionTally();
    tally.add((await revise(actors(revised, revised), 1)).revision);
    tally.add((await revise(actors(revised, original), 1)).revision);
    tally.add((await revise(() => 'Nothing to change.', 1)).revision);
    const report = tally.report();
    expect(report).toMatchObject({
      responses: 3,
      accepted: 1,
      reasons: { preferred: 1, evasive: 1, unchanged: 1 },
    });
    expect(report.principles).toMatchObject([{ drawn: 3, revised: 2, judged: 2, accepted: 1, evasive: 1 }]);
  });
});
