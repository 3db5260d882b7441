import { describe, expect, it } from 'vitest';
import {
  endpointTo,
  items,
  memberOf,
  pairJudge,
  runOver,
  scriptedModel,
  textReply,
  votesIn,
} from '../../../test/support/run-parts.ts';
import type { ChatReply } from '../../ports/chat-model.ts';
import { type MemoryState, MemoryStore, newMemoryState } from '../../store/memory/memory-store.ts';
import { adaptiveAllocation } from '../allocation/adaptive.ts';

const count = 60;
const judges = ['steady', 'likeminded', 'flipper', 'contrary'];

/** Replies depend on the question alone: `flipper` takes what stands first, `contrary` the other side on every third item. */
function reply(question: string): ChatReply {
  const [judge, item, shown] = question.split(' ') as [string, string, string];
  const number = Number(item.slice(1));
  const best = (number % 2 === 0) !== (judge === 'contrary' && number % 3 === 0) ? 'a' : 'b';
  if (judge === 'flipper' && number % 5 !== 0) return textReply('A');
  return textReply(shown.startsWith(best) ? 'A' : 'B');
}

/** One process: takes the run, works until it is done or stopped, and lets it go. */
async function runAdaptive(
  state: MemoryState,
  asked: string[],
  concurrency: number,
  stopAfter = Number.POSITIVE_INFINITY,
): Promise<void> {
  const store = new MemoryStore(state);
  const abort = new AbortController();
  const model = scriptedModel((request) => {
    asked.push(request.messages.at(-1)!.content);
    if (asked.length === stopAfter) abort.abort(new Error('killed'));
    return reply(request.messages.at(-1)!.content);
  });
  const price = { inputPerMtok: 1, outputPerMtok: 1 };
  const running = runOver({
    panel: judges.map((id) => memberOf(pairJudge(id), endpointTo(model, price))),
    items: () => items(count),
    total: { items: count, tasks: count * judges.length },
    allocation: adaptiveAllocation({ targetError: 0.12 }),
    store,
    concurrency,
    signal: abort.signal,
  });
  await running.finally(() => store.close());
}

describe('a run under adaptive allocation', () => {
  it('ends the same however often it is stopped, at any concurrency, and pays nothing twice', async () => {
    const whole = newMemoryState();
    const undisturbed: string[] = [];
    await runAdaptive(whole, undisturbed, 8);
    expect(undisturbed.length).toBeLessThan(0.9 * count * judges.length * 2);

    const broken = newMemoryState();
    const asked: string[] = [];
    for (let stop = 23; stop < undisturbed.length; stop += 41) {
      await expect(runAdaptive(broken, asked, 1 + (stop % 5), stop)).rejects.toThrow('killed');
    }
    await runAdaptive(broken, asked, 3);
    expect([...asked].sort()).toEqual([...undisturbed].sort());
    expect(await votesIn(new MemoryStore(broken), count)).toEqual(
      await votesIn(new MemoryStore(whole), count),
    );
  });
});
