import assert from 'node:assert/strict';
import { checkArgument } from '../domain/check-argument.ts';
import type { Item } from '../domain/item.ts';
import { ProviderError, type ProviderErrorKind } from '../domain/provider-error.ts';
import { canonicalJson } from '../files/content-hash.ts';
import { parseVote } from '../files/votes.ts';
import type { Rater } from '../ports/rater.ts';
import type { Check } from './check.ts';
import { type Script, scriptedContext } from './scripted-model.ts';

/**
 * A rater, items for it, and the replies of its model.
 * @example
 * import { defineRater } from 'quorate/raters';
 * const make = () => defineRater({ id: 'brevity', compare: (a, b) => (a.length < b.length ? 'first' : 'second') });
 * const under: RaterUnderTest = { make, items };
 */
export interface RaterUnderTest {
  readonly make: () => Rater;
  /** Items that the rater has something to say about. */
  readonly items: readonly Item[];
  /** Good answers to the rater's questions; default: it asks none. */
  readonly script?: Script;
}

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

/**
 * What everything that gives opinions keeps to, whatever it is.
 * @example
 * import { defineRater } from 'quorate/raters';
 * const make = () => defineRater({ id: 'brevity', compare: (a, b) => (a.length < b.length ? 'first' : 'second') });
 * const results = await runChecks(raterContract({ make, items }));
 */
export function raterContract(under: RaterUnderTest): readonly Check[] {
  checkArgument('under', under, { make: 'function', items: 'list', script: 'function?' });
  const { make, items, script = () => '' } = under;
  const performAll = async (rater: Rater, item: Item, answers: Script) => {
    const context = scriptedContext(answers);
    const taken = [];
    for (const task of rater.tasks(item)) taken.push(await rater.perform(task, item, context));
    return { taken, asked: context.asked };
  };
  const eachItem = (check: (item: Item) => Promise<void>) => async () => {
    for (const item of items) await check(item);
  };
  return [
    {
      name: 'offers the same tasks every time, each under its own name',
      run: eachItem(async (item) => {
        const tasks = make().tasks(item);
        assert.ok(tasks.length > 0, `no task for item "${item.id}"`);
        assert.deepEqual(make().tasks(item), tasks);
        assert.equal(new Set(tasks.map(({ id }) => id)).size, tasks.length, 'two tasks have one id');
        const known = new Set(item.candidates.map(({ id }) => id));
        for (const task of tasks) {
          assert.ok(
            task.calls >= 0 && Number.isInteger(task.inputTokens) && Number.isInteger(task.outputTokens),
          );
          for (const id of task.candidates) assert.ok(known.has(id), `"${id}" is no candidate of the item`);
        }
      }),
    },
    {
      name: 'has a fingerprint that stays the same',
      run: async () => {
        assert.equal(make().fingerprint, make().fingerprint);
        assert.notEqual(make().fingerprint, '');
      },
    },
    {
      name: 'asks the same questions and gives the same votes when a task is performed again',
      run: eachItem(async (item) => {
        const once = await performAll(make(), item, script);
        assert.equal(canonicalJson(await performAll(make(), item, script)), canonicalJson(once));
      }),
    },
    {
      name: 'gives votes that may stand in a votes file, about its own item',
      run: eachItem(async (item) => {
        const rater = make();
        const votes = (await performAll(rater, item, script)).taken.flat();
        assert.ok(votes.length > 0, `no vote on item "${item.id}"`);
        for (const vote of votes) {
          const written = JSON.parse(JSON.stringify(vote)) as Record<string, unknown>;
          assert.deepEqual(parseVote(written, rater.id, 1), written);
          assert.equal(vote.item, item.id);
          assert.equal(vote.rater_kind, rater.kind);
        }
      }),
    },
    {
      name: 'makes no more calls than it announces when nothing goes wrong',
      run: eachItem(async (item) => {
        const rater = make();
        for (const task of rater.tasks(item)) {
          const context = scriptedContext(script);
          await rater.perform(task, item, context);
          assert.ok(
            context.asked.length <= task.calls,
            `${context.asked.length} calls, announced ${task.calls}`,
          );
        }
      }),
    },
    {
      name: 'does not change the item',
      run: eachItem(async (item) => {
        const before = canonicalJson(item);
        await performAll(make(), item, script);
        assert.equal(canonicalJson(item), before);
      }),
    },
    ...Object.entries(failures).map(([what, answers]) => ({
      name: `turns ${what} into votes that say so, never into an opinion`,
      run: eachItem(async (item) => {
        const { taken, asked } = await performAll(make(), item, answers);
        if (asked.length === 0) return;
        for (const vote of taken.flat()) {
          if ((vote.provenance?.replies?.length ?? 0) === 0 && vote.outcome === 'tie') continue;
          assert.ok(['abstain', 'error'].includes(vote.outcome), `outcome "${vote.outcome}"`);
          assert.ok(vote.reason, 'a vote without a reason');
        }
      }),
    })),
    {
      name: 'stops for missing credentials and for an abort',
      run: async () => {
        for (const error of [failure('auth'), new DOMException('stopped', 'AbortError')]) {
          const item = items[0]!;
          const rater = make();
          const task = rater.tasks(item).find(({ calls }) => calls > 0);
          if (task === undefined) continue;
          const thrown = await rater
            .perform(
              task,
              item,
              scriptedContext(() => error),
            )
            .catch((it: unknown) => it);
          assert.equal(thrown, error);
        }
      },
    },
  ];
}

function failure(kind: ProviderErrorKind): ProviderError {
  return new ProviderError(kind, `scripted ${kind}`, { provider: 'scripted', model: 'own' });
}
