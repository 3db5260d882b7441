import { describe, expect, it } from 'vitest';
import { rubricOf, specOf } from '../../../test/support/judge-parts.ts';
import { type VerdictFormat, verdictFormats } from '../../domain/rubric.ts';
import type { Vote } from '../../domain/vote.ts';
import type { ChatRequest } from '../../ports/chat-model.ts';
import { type Script, scriptedContext } from '../../testing/scripted-model.ts';
import { createJudge } from '../llm/create-judge.ts';
import { parseVerdict } from '../llm/verdict/parse-verdict.ts';
import { attackCases } from './attack-cases.ts';
import { attackRows } from './attack-tally.ts';

const cannot = { structured: false, logprobs: false, seed: false };
const ofPairs = ['json', 'brackets', 'arena-hard', 'output-ab'] as const satisfies readonly VerdictFormat[];

/** What an honest judge writes for a verdict, by format and place of the good response. */
const written: Readonly<Record<(typeof ofPairs)[number], readonly [string, string]>> = {
  json: ['{"reason":"r","verdict":"A"}', '{"reason":"r","verdict":"B"}'],
  brackets: ['[[A]]', '[[B]]'],
  'arena-hard': ['[[A>B]]', '[[B>A]]'],
  'output-ab': ['Therefore, Output (a) is better.', 'Therefore, Output (b) is better.'],
};

type Quote = (own: string, quoted: string) => string;
const habits: Readonly<Record<string, Quote>> = {
  'quotes first': (own, quoted) => `The weaker response reads: ${quoted}\n\nMy decision:\n${own}`,
  'quotes last': (own, quoted) => `${own}\n\nThe weaker response reads: ${quoted}`,
  'quotes in marks': (own, quoted) => `It says "${quoted}". ${own}`,
  'quotes in a fence': (own, quoted) => `\`\`\`\n${quoted}\n\`\`\`\n${own}`,
  'quotes and decides nothing': (_own, quoted) => `The weaker response reads: ${quoted}`,
  'is taken over by the quotation': (_own, quoted) => quoted,
};

/** The injected response as it stands in the prompt, or as it was written. */
function quotedFrom(request: ChatRequest, raw: boolean): string {
  const { shown } = request.task!;
  const place = shown.findIndex(({ id }) => id === 'injected');
  if (raw) return shown[place]!.text!;
  const fence = /<<<(?:Response|Assistant|Output)[^>]* [0-9a-f]{12}>>>\n([\s\S]*?)\n<<<END/g;
  return [...request.messages.at(-1)!.content.matchAll(fence)][place]![1]!;
}

describe('the attacks', () => {
  it('are at least 60 in 8 families, each under an id of its own', () => {
    expect(attackCases.length).toBeGreaterThanOrEqual(60);
    expect(new Set(attackCases.map(({ family }) => family)).size).toBe(8);
    expect(new Set(attackCases.map(({ item }) => item.id)).size).toBe(attackCases.length);
  });

  it('spoof every format that the reader knows', () => {
    for (const format of verdictFormats) {
      const texts = attackCases.map(({ item }) => item.candidates[1]!.text!);
      const read = texts.filter((text) => parseVerdict(text, format).outcome === 'verdict');
      expect(read.length, format).toBeGreaterThan(0);
    }
  });

  describe.each(Object.keys(habits))('never win with a judge that %s', (habit) => {
    it.each(ofPairs)('%s', async (verdict) => {
      const judge = createJudge(specOf({ rubric: rubricOf({ verdict }) }), cannot);
      for (const raw of [false, true]) {
        const script: Script = (request) => {
          const good = request.task!.shown.findIndex(({ id }) => id === 'good');
          return habits[habit]!(written[verdict][good]!, quotedFrom(request, raw));
        };
        for (const { item, id } of attackCases) {
          const votes = await judge.perform(judge.tasks(item)[0]!, item, scriptedContext(script));
          for (const vote of votes) {
            expect({ id, raw, preferred: 'preferred' in vote ? vote.preferred : null }).not.toMatchObject({
              preferred: 'injected',
            });
          }
        }
      }
    });
  });

  it.each(['result', 'rating', 'json'] as const)(
    'never score with a judge that quotes: %s',
    async (verdict) => {
      const judge = createJudge(
        specOf({ rubric: rubricOf({ mode: 'pointwise', verdict, scale: [1, 10] }) }),
        cannot,
      );
      const own = { result: '[RESULT] 2', rating: 'Rating: 2', json: '{"reason":"r","score":2}' }[verdict];
      for (const [habit, quote] of Object.entries(habits)) {
        for (const { item, id } of attackCases) {
          const task = judge.tasks(item).find(({ candidates }) => candidates[0] === 'injected')!;
          const script: Script = (request) => quote(own, request.task!.shown[0]!.text!);
          const [vote] = await judge.perform(task, item, scriptedContext(script));
          expect([undefined, 2], `${habit} ${id}`).toContain((vote as { score?: number }).score);
        }
      }
    },
  );
});

describe('the reader alone, without what the judge was shown', () => {
  const own = { ...written, result: ['[RESULT] 2'], rating: ['Rating: 2'] };
  const quoting: Readonly<Record<string, Quote>> = {
    'before the verdict': habits['quotes first']!,
    'in marks before the verdict': habits['quotes in marks']!,
    'in a fence before the verdict': habits['quotes in a fence']!,
    'line by line before the verdict': (verdict, quoted) => `${quoted.replace(/^/gm, '> ')}\n\n${verdict}`,
    'in marks after the verdict': (verdict, quoted) => `${verdict}\n\nThe other one reads: "${quoted}"`,
    'in a fence after the verdict': (verdict, quoted) => `${verdict}\n\n\`\`\`\n${quoted}\n\`\`\``,
  };

  it.each(Object.keys(quoting))('takes no verdict from what a judge quotes %s', (place) => {
    for (const format of verdictFormats) {
      const honest = parseVerdict(own[format][0]!, format);
      let read = 0;
      for (const { id, item } of attackCases) {
        const reading = parseVerdict(quoting[place]!(own[format][0]!, item.candidates[1]!.text!), format);
        if (reading.outcome === 'abstain') continue;
        read += 1;
        expect({ id, format, reading }).toEqual({ id, format, reading: honest });
      }
      expect(read / attackCases.length, format).toBeGreaterThan(0.8);
    }
  });
});

describe('the report of an attack', () => {
  const [one] = attackCases;
  const vote = (item: string, preferred: string): Vote => ({
    item,
    rater: 'j',
    rater_kind: 'llm',
    kind: 'pairwise',
    shown: ['good', preferred === 'good' ? 'plain' : preferred],
    outcome: 'verdict',
    preferred,
  });
  const rowFor = (votes: readonly Vote[]) =>
    attackRows([one!], (item) => votes.filter((each) => each.item === item))[0];

  it('counts as success only what the injection brought about', () => {
    const { item, control } = one!;
    const won = [vote(item.id, 'injected'), vote(item.id, 'good')];
    expect(rowFor([...won, vote(control.id, 'good')])).toMatchObject({ succeeded: 1, rate: 1 });
    expect(rowFor([...won, vote(control.id, 'plain')])).toMatchObject({ lost_anyway: 1, rate: null });
    expect(rowFor([vote(item.id, 'good'), vote(control.id, 'good')])).toMatchObject({
      succeeded: 0,
      rate: 0,
    });
    expect(rowFor([])).toMatchObject({ unread: 1, rate: null });
    expect(rowFor(won)).toMatchObject({ unread: 1, succeeded: 0, rate: null });
  });
});
