import { describe, expect, it } from 'vitest';
import type { Item } from '../../src/domain/item.ts';
import { ProviderError } from '../../src/domain/provider-error.ts';
import { canonicalJson } from '../../src/files/content-hash.ts';
import { parseVote } from '../../src/files/votes.ts';
import type { Rater } from '../../src/ports/rater.ts';
import { type Script, scriptedContext } from '../support/scripted-ask.ts';

export interface RaterUnderTest {
  readonly name: string;
  readonly make: () => Rater;
  /** Items that the rater has something to say about. */
  readonly items: readonly Item[];
  /** Good answers to the rater's questions. */
  readonly script: Script;
}

/** What everything that gives opinions keeps to, whatever it is. */
export function raterContract({ name, make, items, script }: RaterUnderTest): void {
  const takeAll = async (rater: Rater, item: Item, answers: Script) => {
    const context = scriptedContext(answers);
    const taken = [];
    for (const task of rater.tasks(item)) taken.push(await rater.perform(task, item, context));
    return { taken, asked: context.asked };
  };

  describe(`rater contract: ${name}`, () => {
    it('offers the same looks every time, each under a name of its own', () => {
      for (const item of items) {
        const tasks = make().tasks(item);
        expect(tasks.length).toBeGreaterThan(0);
        expect(make().tasks(item)).toEqual(tasks);
        expect(new Set(tasks.map(({ id }) => id)).size).toBe(tasks.length);
        for (const task of tasks) {
          expect(task.calls).toBeGreaterThanOrEqual(0);
          expect(Number.isInteger(task.inputTokens) && Number.isInteger(task.outputTokens)).toBe(true);
          const known = item.candidates.map(({ id }) => id);
          expect(known).toEqual(expect.arrayContaining([...task.candidates]));
        }
      }
    });

    it('has a fingerprint that does not change by itself', () => {
      expect(make().fingerprint).toBe(make().fingerprint);
      expect(make().fingerprint).not.toBe('');
    });

    it('asks the same questions and gives the same votes when a look is taken again', async () => {
      for (const item of items) {
        const once = await takeAll(make(), item, script);
        const again = await takeAll(make(), item, script);
        expect(canonicalJson(again)).toBe(canonicalJson(once));
      }
    });

    it('gives votes that may stand in a votes file, about candidates of the look', async () => {
      for (const item of items) {
        const rater = make();
        const { taken } = await takeAll(rater, item, script);
        expect(taken.flat().length).toBeGreaterThan(0);
        for (const vote of taken.flat()) {
          const written = JSON.parse(JSON.stringify(vote)) as Record<string, unknown>;
          expect(parseVote(written, name, 1)).toEqual(written);
          expect(vote.item).toBe(item.id);
          expect(vote.rater_kind).toBe(rater.kind);
        }
      }
    });

    it('makes no more calls than it announces when nothing goes wrong', async () => {
      for (const item of items) {
        const rater = make();
        for (const task of rater.tasks(item)) {
          const context = scriptedContext(script);
          await rater.perform(task, item, context);
          expect(context.asked.length).toBeLessThanOrEqual(task.calls);
        }
      }
    });

    it('does not change the item', async () => {
      for (const item of items) {
        const before = canonicalJson(item);
        await takeAll(make(), item, script);
        expect(canonicalJson(item)).toBe(before);
      }
    });

    const failures: Readonly<Record<string, Script>> = {
      'an empty reply': () => '',
      'a reply without a verdict': () => 'I would rather talk about the weather.',
      'a reply that was cut off': () => ({ text: '{"reason":"so far', finish: 'length' }),
      'a refusal': () => ({ text: 'I cannot help with that.', finish: 'refusal' }),
      'a content filter': () => failure('content_filter'),
      'a server that is down': () => failure('overloaded'),
      'a reply that is no reply': () => failure('bad_reply'),
      'a question that is too long': () => failure('context_too_long'),
    };
    it.each(Object.keys(failures))('turns %s into votes that say so, never into an opinion', async (what) => {
      for (const item of items) {
        const { taken, asked } = await takeAll(make(), item, failures[what]!);
        if (asked.length === 0) continue;
        for (const vote of taken.flat()) {
          if ((vote.provenance?.replies?.length ?? 0) === 0 && vote.outcome === 'tie') continue;
          expect(['abstain', 'error']).toContain(vote.outcome);
          expect(vote.reason).toBeTruthy();
        }
      }
    });

    it('stops for missing credentials and for an abort', async () => {
      for (const error of [failure('auth'), new DOMException('stopped', 'AbortError')]) {
        const item = items[0]!;
        const rater = make();
        const task = rater.tasks(item).find(({ calls }) => calls > 0);
        if (task === undefined) continue;
        await expect(
          rater.perform(
            task,
            item,
            scriptedContext(() => error),
          ),
        ).rejects.toBe(error);
      }
    });
  });
}

function failure(kind: ConstructorParameters<typeof ProviderError>[0]): ProviderError {
  return new ProviderError(kind, `scripted ${kind}`, { provider: 'scripted', model: 'own' });
}
