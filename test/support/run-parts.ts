import type { Item } from '../../src/domain/item.ts';
import type { Price } from '../../src/domain/job.ts';
import { ProviderError } from '../../src/domain/provider-error.ts';
import type { Vote } from '../../src/domain/vote.ts';
import type { ModelEndpoint, PanelMember } from '../../src/engine/calls/model-endpoint.ts';
import { unlimited } from '../../src/engine/calls/model-endpoint.ts';
import { run } from '../../src/engine/run/run.ts';
import type { RunEnd, RunInput } from '../../src/engine/run/run-input.ts';
import type { Allocation, OfferedTask } from '../../src/ports/allocation.ts';
import type { ChatModel, ChatReply, ChatRequest } from '../../src/ports/chat-model.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Rater } from '../../src/ports/rater.ts';
import type { RunStore } from '../../src/ports/run-store.ts';
import { MemoryStore } from '../../src/store/memory/memory-store.ts';

export function items(count: number): Item[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `i${index}`,
    prompt: `Question ${index}?`,
    candidates: [
      { id: 'a', text: `Answer A of ${index}` },
      { id: 'b', text: `Answer B of ${index}` },
    ],
  }));
}

/** Asks everything in one round, and estimates nothing. */
export const askEverything: Allocation = {
  waitsFor: () => 0,
  begin: (item, _index, offered) => {
    let round: readonly OfferedTask[] = offered;
    return {
      next() {
        const now = round;
        round = [];
        return now;
      },
      record() {},
      posterior: () => ({ best: item.candidates.map(({ id }) => id), probability: 0.5 }),
    };
  },
};

export type Answer = (
  request: ChatRequest,
  call: number,
  signal: AbortSignal,
) => ChatReply | Promise<ChatReply>;

/** A model that a test answers for. `asked` lists the last message of every call. */
export function scriptedModel(
  answer: Answer = () => textReply('A'),
): ChatModel & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    provider: 'openai',
    model: 'scripted',
    baseUrl: 'http://scripted',
    capabilities: { structured: false, logprobs: false, seed: false },
    asked,
    async complete(request, { signal }) {
      asked.push(request.messages.at(-1)!.content);
      return answer(request, asked.length, signal);
    },
  };
}

export function textReply(text: string, usage: ChatReply['usage'] = { input: 10, output: 1 }): ChatReply {
  return { text, finish: 'stop', modelAnswered: 'scripted', usage };
}

export function endpointTo(model: ChatModel, price: Price | null = null): ModelEndpoint {
  return { model, price, limits: {}, limiter: unlimited, retry: () => null };
}

/** A judge that asks in both orders and makes error votes of what failed. */
export function pairJudge(id: string, fingerprint = 'v1'): Rater {
  return {
    id,
    kind: 'llm',
    model: 'scripted',
    family: null,
    fingerprint,
    tasks: () => [
      { id: 'pair:a|b:0', candidates: ['a', 'b'], sample: 0, calls: 2, inputTokens: 20, outputTokens: 2 },
    ],
    async perform(_task, item, { ask }) {
      const vote = async (shown: readonly [string, string]): Promise<Vote> => {
        const base = { item: item.id, rater: id, rater_kind: 'llm', kind: 'pairwise', shown } as const;
        try {
          const content = `${id} ${item.id} ${shown.join('>')}`;
          const { key, reply, costUsd } = await ask({ messages: [{ role: 'user', content }], maxTokens: 10 });
          const preferred = reply.text === 'A' ? shown[0] : shown[1];
          const provenance = { replies: [key] };
          return {
            ...base,
            outcome: 'verdict',
            preferred,
            cost_usd: costUsd,
            at: 'now',
            latency_ms: 1,
            provenance,
          };
        } catch (error) {
          if (!(error instanceof ProviderError)) throw error;
          return { ...base, outcome: 'error', reason: error.kind };
        }
      };
      return Promise.all([vote(['a', 'b']), vote(['b', 'a'])]);
    },
  };
}

export function memberOf(
  rater: Rater,
  endpoint: ModelEndpoint | null,
  limitUsd: number | null = null,
): PanelMember {
  const raterBudget = limitUsd === null ? null : { name: rater.id, limitUsd };
  return { rater, endpoint, others: new Map(), raterBudget };
}

/** A clock that tests own: sleeping takes no time and is remembered. */
export function stillClock(): Clock & { readonly slept: number[] } {
  const slept: number[] = [];
  return {
    slept,
    now: () => 1_767_323_045_000,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      slept.push(ms);
    },
  };
}

export function runOver(input: Partial<RunInput> & Pick<RunInput, 'panel'>): Promise<RunEnd> {
  return run({
    run: 'test',
    items: () => items(10),
    total: { items: 10, tasks: 10 },
    allocation: askEverything,
    store: new MemoryStore(),
    budget: { maxUsd: null, perItemUsd: null },
    concurrency: 8,
    retryErrors: false,
    clock: stillClock(),
    signal: new AbortController().signal,
    ...input,
  });
}

/** All recorded votes, in the order of the items. */
export async function votesIn(store: RunStore, count = 10): Promise<Vote[]> {
  const ids = items(count).map((item) => item.id);
  const tasks = [...(await store.tasksOf('test', ids))];
  tasks.sort((a, b) => ids.indexOf(a.item) - ids.indexOf(b.item) || (a.rater < b.rater ? -1 : 1));
  return tasks.flatMap((task) => task.votes);
}

export function providerError(kind: ProviderError['kind'], status?: number): ProviderError {
  return new ProviderError(kind, `scripted ${kind}`, {
    provider: 'openai',
    model: 'scripted',
    ...(status === undefined ? {} : { status }),
  });
}
