import { checkArgument } from '../domain/check-argument.ts';
import { ConfigError } from '../domain/errors.ts';
import type { Item } from '../domain/item.ts';
import type { ChatMessage } from '../domain/message.ts';
import type { Preference } from '../domain/preference.ts';
import type { Vote } from '../domain/vote.ts';
import { fixedAllocation } from '../engine/allocation/fixed.ts';
import { recordedVotes } from '../engine/run/recorded-votes.ts';
import { run } from '../engine/run/run.ts';
import { hashValue } from '../files/content-hash.ts';
import type { RunStore } from '../ports/run-store.ts';
import { reconcile } from '../reconcile/reconcile.ts';
import { MemoryStore } from '../store/memory/memory-store.ts';
import { withRun } from './claimed-runs.ts';
import { type AppContext, appContext, progressEvents } from './context.ts';
import { defineJob, type JobInput, type JudgeInput } from './define-job.ts';
import { openPanel } from './open-panel.ts';

/**
 * Two responses to one prompt.
 * @example
 * const pair: PairInput = { prompt: 'What is 2 + 2?', a: '4', b: '5', reference: '4' };
 */
export interface PairInput {
  readonly prompt: string | readonly ChatMessage[];
  readonly a: string;
  readonly b: string;
  readonly reference?: string;
  readonly context?: readonly string[];
}

/**
 * Pairs, and the panel that judges them.
 * @example
 * const input: JudgePairsInput = { judge: { provider: 'heuristic' }, pairs: [{ prompt: 'p', a: 'x', b: 'y' }] };
 */
export interface JudgePairsInput
  extends Pick<JobInput, 'rubric' | 'rules' | 'raters' | 'budget' | 'seed' | 'concurrency'> {
  /** A judge, or several: the entries of a job's `panel`. */
  readonly judge: JudgeInput | readonly JudgeInput[];
  readonly pairs: readonly PairInput[];
}

/**
 * Surroundings of `judgePairs`: a store of replies, keys, a signal, a clock, events.
 * @example
 * import { openSqliteStore } from 'quorate/stores';
 * const options: JudgePairsOptions = { store: openSqliteStore('replies.db') };
 */
export interface JudgePairsOptions extends Partial<AppContext> {
  /** Replies that are in it are not asked again; default: nothing is kept. */
  readonly store?: RunStore;
}

/**
 * What the panel says of one pair.
 * @example
 * const text = ({ preferred, probability }: JudgedPair) => (preferred === null ? 'undecided' : `${preferred}: ${probability}`);
 */
export interface JudgedPair {
  /** `null` where no rater decided, or they are level. */
  readonly preferred: 'a' | 'b' | null;
  /** P(the preferred response is really better), in [0.5, 1]; null where there is no preference. Not calibrated. */
  readonly probability: number | null;
  /** As in preferences.jsonl; null where nothing was read. */
  readonly preference: Preference | null;
  /** One vote a rater and order. */
  readonly votes: readonly Vote[];
  /** US dollars; null where a price is unknown. */
  readonly costUsd: number | null;
}

/**
 * Asks a panel about pairs of responses, each in both orders, and returns one result a pair, in the order given.
 * Calls may share a store, in parallel too: a reply that it holds is not paid again, and a call with the same pairs and
 * raters as an earlier one continues it, under the earlier spending too.
 * @throws ConfigError that names the wrong member, ProviderError where a judge cannot be asked, BudgetError.
 * @example
 * const [{ preferred }] = await judgePairs({
 *   judge: { provider: 'heuristic' },
 *   pairs: [{ prompt: 'What is 2 + 2?', a: 'I do not know, sorry.', b: 'It is 4.', reference: '4' }],
 * });
 * console.log(preferred); // b
 */
export async function judgePairs(
  input: JudgePairsInput,
  options: JudgePairsOptions = {},
): Promise<readonly JudgedPair[]> {
  checkArgument('options', options, 'object');
  const { judge, pairs, rubric = 'helpfulness', ...rest } = checked(input);
  const context = appContext(options);
  const items = pairs.map(itemOf);
  const panel = [judge].flat() as readonly JudgeInput[];
  const job = await defineJob({ ...rest, name: 'pairs', items, rubric, panel }, { env: context.env });
  if (items.length === 0) return [];
  const { members, close } = await openPanel(job, context.env, {}, job.parts);
  const store = options.store ?? new MemoryStore();
  // calls with other pairs or raters are other runs, so that they can share a store
  const asked = members.map(({ rater }) => [rater.id, rater.fingerprint]);
  const name = `pairs/${hashValue([items, asked]).slice(0, 16)}`;
  const ask = (openStore: RunStore) =>
    run({
      run: name,
      items: () => items,
      total: { items: items.length, tasks: items.length * members.length },
      panel: members,
      allocation: fixedAllocation(),
      store: openStore,
      budget: job.budget,
      concurrency: job.concurrency,
      retryErrors: false,
      clock: context.clock,
      progress: progressEvents(context),
      signal: context.signal,
    });
  try {
    const { refused } = await withRun(store, name, ask);
    if (refused !== null) throw refused;
    const votes: Vote[] = [];
    for await (const vote of recordedVotes(name, items, members, store)) votes.push(vote);
    const { preferences } = await reconcile({ votes, items }, { seed: job.seed });
    const byItem = new Map(preferences.map((preference) => [preference.item, preference]));
    const votesOf = new Map<string, Vote[]>(items.map(({ id }) => [id, []]));
    for (const vote of votes) votesOf.get(vote.item)?.push(vote);
    return items.map(({ id }) => judgedPair(byItem.get(id) ?? null, votesOf.get(id) ?? []));
  } finally {
    await close();
    if (options.store === undefined) await store.close();
  }
}

function judgedPair(preference: Preference | null, votes: readonly Vote[]): JudgedPair {
  const decided = preference !== null && preference.probability > 0.5;
  return {
    preferred: decided ? (preference.chosen as 'a' | 'b') : null,
    probability: decided ? preference.probability : null,
    preference,
    votes,
    costUsd: votes.reduce<number | null>(
      (sum, { cost_usd: cost }) => (sum === null || cost === null ? null : sum + (cost ?? 0)),
      0,
    ),
  };
}

function itemOf({ prompt, a, b, reference, context }: PairInput, index: number): Item {
  return {
    id: String(index),
    prompt,
    candidates: [
      { id: 'a', text: a },
      { id: 'b', text: b },
    ],
    ...(reference === undefined ? {} : { reference }),
    ...(context === undefined ? {} : { context }),
  };
}

function checked(input: JudgePairsInput): JudgePairsInput {
  if (typeof input !== 'object' || input === null) {
    throw new ConfigError('judgePairs needs an object: { judge, pairs }');
  }
  if (typeof input.judge !== 'object' || input.judge === null) {
    throw new ConfigError('judge must be an object (or a list of them), such as { provider, model }');
  }
  if (!Array.isArray(input.pairs)) throw new ConfigError('pairs must be a list of { prompt, a, b }');
  for (const [index, pair] of (input.pairs as readonly unknown[]).entries()) {
    if (typeof pair !== 'object' || pair === null) throw new ConfigError(`pairs[${index}] must be an object`);
    for (const member of ['a', 'b'] as const) {
      const text = (pair as Partial<PairInput>)[member];
      if (typeof text !== 'string')
        throw new ConfigError(`pairs[${index}].${member} must be a string, received ${typeof text}`);
    }
    const { prompt } = pair as Partial<PairInput>;
    if (typeof prompt !== 'string' && !Array.isArray(prompt))
      throw new ConfigError(`pairs[${index}].prompt must be a string or a list of messages`);
  }
  return input;
}
