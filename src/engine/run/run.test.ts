import { describe, expect, it } from 'vitest';
import { platformWarnings } from '../../../test/support/platform-warnings.ts';
import {
  askEverything,
  endpointTo,
  items,
  memberOf,
  pairJudge,
  providerError,
  runOver,
  scriptedModel,
  stillClock,
  textReply,
  votesIn,
} from '../../../test/support/run-parts.ts';
import { MemoryStore, newMemoryState } from '../../store/memory/memory-store.ts';
import { AdaptiveConcurrency } from '../calls/limits/adaptive-concurrency.ts';
import { EndpointLimiter } from '../calls/limits/endpoint-limiter.ts';

describe('run', () => {
  it('performs every task on every item and records its votes without times', async () => {
    const store = new MemoryStore();
    const model = scriptedModel();
    const end = await runOver({ store, panel: [memberOf(pairJudge('gpt'), endpointTo(model))] });
    expect(end).toMatchObject({ refused: null, items: 10, calls: 20, cached: 0 });
    const votes = await votesIn(store);
    expect(votes).toHaveLength(20);
    expect(votes[0]).toMatchObject({ item: 'i0', outcome: 'verdict', preferred: 'a' });
    expect(votes.some((vote) => 'at' in vote || 'latency_ms' in vote)).toBe(false);
  });

  it('asks nothing when it is run again', async () => {
    const state = newMemoryState();
    const model = scriptedModel();
    const panel = [memberOf(pairJudge('gpt'), endpointTo(model))];
    const first = new MemoryStore(state);
    await runOver({ store: first, panel });
    await first.close();
    const end = await runOver({ store: new MemoryStore(state), panel });
    expect(model.asked).toHaveLength(20);
    expect(end).toMatchObject({ items: 10, calls: 0, cached: 0 });
  });

  it('does not repeat finished work, unless the work differs or errors are to be retried', async () => {
    const store = new MemoryStore();
    let walks = 0;
    const walked = () => {
      walks += 1;
      return items(10);
    };
    const panel = [memberOf(pairJudge('gpt'), endpointTo(scriptedModel()))];
    const go = async (workHash: string, retryErrors = false) => {
      await store.close();
      return runOver({ store, panel, items: walked, workHash, retryErrors });
    };
    await go('all of it');
    expect(await go('all of it')).toMatchObject({ refused: null, items: 10, calls: 0 });
    expect(walks).toBe(1);
    await go('something else');
    await go('something else', true);
    expect(walks).toBe(3);
  });

  it('asks only what is new: another judge, a changed judge, a changed item', async () => {
    const state = newMemoryState();
    const model = scriptedModel();
    const go = async (panel: Parameters<typeof runOver>[0]['panel'], of = items(10)) => {
      const store = new MemoryStore(state);
      model.asked.length = 0;
      const end = await runOver({ store, panel, items: () => of });
      await store.close();
      return { asked: model.asked.length, ...end };
    };
    const gpt = memberOf(pairJudge('gpt'), endpointTo(model));
    await go([gpt]);
    expect(await go([gpt, memberOf(pairJudge('claude'), endpointTo(model))])).toMatchObject({
      asked: 20,
      items: 10,
    });
    // A new fingerprint repeats the tasks; equal questions are answered from the store.
    const changed = await go([memberOf(pairJudge('gpt', 'v2'), endpointTo(model))]);
    expect(changed).toMatchObject({ asked: 0, cached: 20 });
    const [first, ...rest] = items(10);
    const edited = [{ ...first!, prompt: 'Edited?' }, ...rest];
    expect(await go([memberOf(pairJudge('gpt', 'v2'), endpointTo(model))], edited)).toMatchObject({
      cached: 2,
    });
  });

  it('asks one question once, however many raters ask it at the same time', async () => {
    const model = scriptedModel();
    const endpoint = endpointTo(model);
    const twin = { ...pairJudge('gpt'), id: 'twin' };
    const end = await runOver({ panel: [memberOf(pairJudge('gpt'), endpoint), memberOf(twin, endpoint)] });
    expect(model.asked).toHaveLength(20);
    expect(end).toMatchObject({ calls: 20, cached: 20 });
  });

  it('continues after a failed question, and repeats it only with retryErrors', async () => {
    const state = newMemoryState();
    let ill = true;
    const model = scriptedModel((request) => {
      if (ill && request.messages[0]!.content === 'gpt i3 a>b') throw providerError('timeout');
      return textReply('A');
    });
    const panel = [memberOf(pairJudge('gpt'), endpointTo(model))];
    const go = async (retryErrors: boolean) => {
      const store = new MemoryStore(state);
      const end = await runOver({ store, panel, retryErrors });
      const errors = (await votesIn(store)).filter((vote) => vote.outcome === 'error');
      await store.close();
      return { calls: end.calls, errors: errors.map(({ item, reason }) => `${item} ${reason}`) };
    };
    expect(await go(false)).toEqual({ calls: 19, errors: ['i3 timeout'] });
    ill = false;
    expect(await go(false)).toEqual({ calls: 0, errors: ['i3 timeout'] });
    expect(await go(true)).toEqual({ calls: 1, errors: [] });
  });

  it('follows the retry policy of the endpoint', async () => {
    const clock = stillClock();
    let failures = 0;
    const model = scriptedModel((request) => {
      if (request.messages[0]!.content === 'gpt i0 a>b' && failures < 2) {
        failures += 1;
        throw providerError('overloaded');
      }
      return textReply('A');
    });
    const endpoint = { ...endpointTo(model), retry: (_error: unknown, failures: number) => failures * 1000 };
    await runOver({
      clock,
      items: () => items(1),
      concurrency: 1,
      panel: [memberOf(pairJudge('gpt'), endpoint)],
    });
    expect(clock.slept).toEqual([1000, 2000]);
    expect(model.asked).toHaveLength(4);
  });

  it.each([
    ['auth', 401],
    ['quota', 429],
    ['bad_request', 404],
  ] as const)('stops at once when no call can do better: %s %i', async (kind, status) => {
    const model = scriptedModel(() => {
      throw providerError(kind, status);
    });
    const store = new MemoryStore();
    const running = runOver({
      store,
      concurrency: 1,
      panel: [memberOf(pairJudge('gpt'), endpointTo(model))],
    });
    await expect(running).rejects.toMatchObject({ kind });
    expect(model.asked.length).toBeLessThanOrEqual(2);
    expect(await votesIn(store)).toEqual([]);
  });

  it('stops when a server fails question after question', async () => {
    const model = scriptedModel(() => {
      throw providerError('network');
    });
    const running = runOver({
      items: () => items(1000),
      panel: [memberOf(pairJudge('gpt'), endpointTo(model))],
    });
    await expect(running).rejects.toThrow(/20 questions in a row failed/);
    expect(model.asked.length).toBeLessThan(40);
  });

  it('completes calls in flight when it is interrupted, and continues later', async () => {
    const state = newMemoryState();
    const abort = new AbortController();
    const model = scriptedModel((_request, call) => {
      if (call === 5) abort.abort(new DOMException('interrupted', 'AbortError'));
      return textReply('A');
    });
    const panel = [memberOf(pairJudge('gpt'), endpointTo(model))];
    const store = new MemoryStore(state);
    await expect(runOver({ store, panel, concurrency: 1, signal: abort.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    await store.close();
    expect(state.replies.size).toBe(5);
    const later = new MemoryStore(state);
    const end = await runOver({ store: later, panel });
    expect(end).toMatchObject({ calls: 15 });
    expect(model.asked).toHaveLength(20);
  });

  it('performs the tasks of raters without a model without a call', async () => {
    const rule = {
      ...pairJudge('length'),
      kind: 'rule' as const,
      perform: async () => [],
    };
    expect(await runOver({ panel: [memberOf(rule, null)] })).toMatchObject({ calls: 0, items: 10 });
  });

  it('causes no platform warning, however many items and calls wait for each other', async () => {
    const allocation = { ...askEverything, waitsFor: (index: number) => index };
    const slots = new AdaptiveConcurrency(2);
    const endpoint = () => ({
      ...endpointTo(scriptedModel()),
      limiter: new EndpointLimiter({}, slots, stillClock()),
    });
    const panel = [memberOf(pairJudge('one'), endpoint()), memberOf(pairJudge('two'), endpoint())];
    const warnings = await platformWarnings(() =>
      runOver({ panel, allocation, items: () => items(60), concurrency: 32 }),
    );
    expect(warnings).toEqual([]);
  });
});
