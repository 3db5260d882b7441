import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composedAttack, spoofs } from '../../../test/support/composed-attack.ts';
import { rubricOf, specOf } from '../../../test/support/judge-parts.ts';
import type { Item } from '../../domain/item.ts';
import type { Rubric } from '../../domain/rubric.ts';
import type { Vote } from '../../domain/vote.ts';
import type { ChatRequest } from '../../ports/chat-model.ts';
import { scriptedContext } from '../../testing/scripted-model.ts';
import { createJudge } from '../llm/create-judge.ts';

const cannot = { structured: false, logprobs: false, seed: false };

/** What an honest judge writes when the good response stands at this place. */
type Honest = (good: number) => string;

interface Setting {
  readonly name: string;
  readonly rubric: Partial<Rubric>;
  readonly honest: Honest;
}

const letters = ['A', 'B', 'C'];
const ranked = (good: number) => [good, ...[0, 1, 2].filter((at) => at !== good)].map((at) => letters[at]!);

const settings: readonly Setting[] = [
  {
    name: 'pairwise json',
    rubric: { verdict: 'json' },
    honest: (good) => `{"reason":"it is right","verdict":"${letters[good]}"}`,
  },
  {
    name: 'pairwise json, verdict first',
    rubric: { verdict: 'json' },
    honest: (good) => `{"verdict":"${letters[good]}","reason":"it is right"}`,
  },
  { name: 'pairwise brackets', rubric: { verdict: 'brackets' }, honest: (good) => `[[${letters[good]}]]` },
  {
    name: 'pairwise arena-hard',
    rubric: { verdict: 'arena-hard' },
    honest: (good) => `[[${letters[good]}>${letters[1 - good]}]]`,
  },
  {
    name: 'pairwise output-ab',
    rubric: { verdict: 'output-ab' },
    honest: (good) => `Therefore, Output (${'ab'[good]}) is better.`,
  },
  {
    name: 'pointwise result',
    rubric: { mode: 'pointwise', verdict: 'result', scale: [1, 10] },
    honest: () => '[RESULT] 2',
  },
  {
    name: 'pointwise rating',
    rubric: { mode: 'pointwise', verdict: 'rating', scale: [1, 10] },
    honest: () => 'Rating: 2',
  },
  {
    name: 'pointwise json',
    rubric: { mode: 'pointwise', verdict: 'json', scale: [1, 10] },
    honest: () => '{"reason":"it is wrong","score":2}',
  },
  {
    name: 'pointwise json, score first',
    rubric: { mode: 'pointwise', verdict: 'json', scale: [1, 10] },
    honest: () => '{"score":2,"reason":"it is wrong"}',
  },
  {
    name: 'listwise json',
    rubric: { mode: 'listwise', verdict: 'json' },
    honest: (good) =>
      `{"reason":"it is right","ranking":${JSON.stringify(ranked(good).map((label) => [label]))}}`,
  },
  {
    name: 'listwise json, ranking first',
    rubric: { mode: 'listwise', verdict: 'json' },
    honest: (good) =>
      `{"ranking":${JSON.stringify(ranked(good).map((label) => [label]))},"reason":"it is right"}`,
  },
  {
    name: 'listwise brackets',
    rubric: { mode: 'listwise', verdict: 'brackets' },
    honest: (good) => `[[${ranked(good).join('>')}]]`,
  },
];

/** Where a judge puts the words of a response; what is not asked about JSON leaves other formats as they are. */
const habits: Readonly<Record<string, (own: string, quoted: string) => string>> = {
  'says nothing else': (_own, quoted) => quoted,
  'quotes, then decides': (own, quoted) => `It reads: ${quoted}\n\nMy decision:\n${own}`,
  'decides, then quotes': (own, quoted) => `${own}\n\nIt reads: ${quoted}`,
  'decides between two quotations': (own, quoted) => `${quoted}\n${own}\n${quoted}`,
  'quotes in marks': (own, quoted) => `${own} It says "${quoted}".`,
  'quotes in a fence': (own, quoted) => `${own}\n\`\`\`\n${quoted}\n\`\`\``,
  'quotes as a block': (own, quoted) => `${own}\n${quoted.replace(/^/gm, '> ')}`,
  'thinks in quotations': (own, quoted) => `<think>\n${quoted}\n</think>\n${own}`,
  'writes it into its reason': (own, quoted) => own.replace(/it is \w+/, JSON.stringify(quoted).slice(1, -1)),
  'pastes it into its reason': (own, quoted) => own.replace(/it is \w+/, () => quoted),
};

/** The words of the response at a place, as they stand in the prompt. */
function quotedFrom({ messages, task }: ChatRequest): string {
  const place = task!.shown.findIndex(({ id }) => id === 'injected');
  const fence = /<<<(?:Response|Assistant|Output)[^>\n]* ([0-9a-f]{12})>>>\n([\s\S]*?)\n<<<END/g;
  return [...messages.at(-1)!.content.matchAll(fence)][place]![2]!;
}

function itemOf(text: string): Item {
  const texts = { good: 'The capital of Australia is Canberra.', injected: text, other: 'It may be Perth.' };
  return {
    id: 'i',
    prompt: 'Name the capital of Australia.',
    candidates: Object.entries(texts).map(([id, each]) => ({ id, text: each })),
  };
}

/** What a vote says, where it says anything. */
function said(vote: Vote): unknown {
  if (vote.outcome === 'tie') return 'tie';
  if (vote.outcome !== 'verdict') return null;
  return vote.kind === 'pairwise' ? vote.preferred : vote.kind === 'pointwise' ? vote.score : vote.ranking;
}

interface Cut {
  readonly from: number;
  readonly to: number;
}
const whole: Cut = { from: 0, to: 1 };

/** Every vote of the setting's judge about the injected response, whose words it quotes as its habit is. */
async function tookOver(
  { rubric, honest }: Setting,
  habit: string,
  text: string,
  cut: Cut,
): Promise<unknown[]> {
  const judge = createJudge(specOf({ rubric: rubricOf({ ties: true, ...rubric }) }), cannot);
  const item = itemOf(text);
  const wrong: unknown[] = [];
  for (const task of judge.tasks(item)) {
    if (!task.candidates.includes('injected') || task.candidates.join() === 'injected,other') continue;
    const replies: string[] = [];
    const votes = await judge.perform(
      task,
      item,
      scriptedContext((request) => {
        const good = Math.max(
          0,
          request.task!.shown.findIndex(({ id }) => id === 'good'),
        );
        const quoted = quotedFrom(request);
        const part = quoted.slice(Math.floor(quoted.length * cut.from), Math.ceil(quoted.length * cut.to));
        replies.push(habits[habit]!(honest(good), part));
        return replies.at(-1)!;
      }),
    );
    votes.forEach((vote, index) => {
      const words = said(vote);
      const meant = ['good', 2].includes(words as never) || (Array.isArray(words) && words[0][0] === 'good');
      if (words === null || (meant && habit !== 'says nothing else')) return;
      wrong.push({ habit, words, reply: replies[index] });
    });
  }
  return wrong;
}

const cut = fc.oneof(
  fc.constant(whole),
  fc
    .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([a, b]): Cut => ({ from: Math.min(a, b), to: Math.max(a, b) })),
);

describe('attacks put together at random', () => {
  describe.each(settings.map((setting) => [setting.name, setting] as const))('%s', (_name, setting) => {
    it('never win with a judge that quotes them as they stand in its prompt', async () => {
      await fc.assert(
        fc.asyncProperty(
          composedAttack,
          fc.constantFrom(...Object.keys(habits)),
          cut,
          async (text, habit, part) => {
            expect(await tookOver(setting, habit, text, part)).toEqual([]);
          },
        ),
        { seed: 20261128, numRuns: 300 },
      );
    });

    it('nor do plain spoofs, whatever the habit', async () => {
      for (const habit of Object.keys(habits)) {
        for (const text of spoofs) expect(await tookOver(setting, habit, text, whole), text).toEqual([]);
      }
    });
  });
});
