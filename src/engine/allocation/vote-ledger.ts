import { familyOf } from '../../domain/family.ts';
import { candidateOf, type Item } from '../../domain/item.ts';
import type { Vote } from '../../domain/vote.ts';
import type { OfferedTask } from '../../ports/allocation.ts';

/** Price of a rater, known before it is asked. */
export interface RaterPrice {
  readonly rater: string;
  /** Mean US dollars a call over the recorded votes; null where a vote without `cost_usd` has no unit price. */
  readonly usdPerCall: number | null;
  /** Maximum cost of one recorded call: the amount that a hard budget reserves. */
  readonly maxUsdPerCall: number | null;
  readonly calls: number;
}

/** Result of a task, available once it is paid for. */
export interface PaidTask {
  readonly votes: readonly Vote[];
  readonly calls: number;
  /** null where the price is unknown. */
  readonly costUsd: number | null;
}

/** A task with its result. */
export interface SealedTask {
  readonly offered: OfferedTask;
  readonly paid: PaidTask;
}

interface RaterTally {
  usd: number;
  maxUsd: number;
  calls: number;
  unpriced: number;
}

/** Price of a call that was recorded without one; null where it has none. */
export type UnitPrice = (rater: string) => number | null;

/**
 * Recorded votes for replay: the offered tasks are visible, their votes only after paying. Votes of one rater on one
 * question (both orders of a pair) are one task. The order of the files only numbers repeated samples that carry no
 * `sample`.
 */
export class VoteLedger {
  readonly #items = new Map<string, Map<string, SealedTask>>();
  readonly #opened = new Set<SealedTask>();
  readonly #tallies = new Map<string, RaterTally>();

  /** @param votes the votes to replay, without labels. Held in memory for the lifetime of the ledger. */
  constructor(votes: Iterable<Vote>, unitPrice: UnitPrice = () => null) {
    const grouped = new Map<string, Map<string, Vote[]>>();
    for (const vote of votes) {
      const tasks = entry(grouped, vote.item, () => new Map<string, Vote[]>());
      file(tasks, vote);
      this.#tally(vote, unitPrice);
    }
    for (const [item, tasks] of grouped) {
      const sealed = new Map<string, SealedTask>();
      for (const [key, group] of [...tasks].sort(byKey)) sealed.set(key, this.#seal(group, key, unitPrice));
      this.#items.set(item, sealed);
    }
  }

  /** Items with at least one task, sorted. */
  items(): string[] {
    return [...this.#items.keys()].sort();
  }

  prices(): RaterPrice[] {
    return [...this.#tallies].sort(byKey).map(([rater, { usd, maxUsd, calls, unpriced }]) => ({
      rater,
      usdPerCall: unpriced > 0 ? null : calls === 0 ? 0 : usd / calls,
      maxUsdPerCall: unpriced > 0 ? null : maxUsd,
      calls,
    }));
  }

  /** The open tasks of an item, in a fixed order. */
  offers(item: string): OfferedTask[] {
    const tasks = this.#items.get(item)?.values() ?? [];
    return [...tasks].filter((task) => !this.#opened.has(task)).map(({ offered }) => offered);
  }

  /** All records of an item, without paying: to fit raters to labels, never for a simulated plan. */
  history(item: string): readonly SealedTask[] {
    return [...(this.#items.get(item)?.values() ?? [])];
  }

  /** Opens a task. @throws Error when it was opened before or never offered: an allocation must not ask twice. */
  pay(item: string, offered: OfferedTask): PaidTask {
    const task = this.#items.get(item)?.get(`${offered.rater}\n${offered.task.id}`);
    if (task === undefined)
      throw new Error(`${offered.rater} has no task ${offered.task.id} on item ${item}`);
    if (this.#opened.has(task))
      throw new Error(`${offered.rater} ${offered.task.id} on ${item} is paid twice`);
    this.#opened.add(task);
    return task.paid;
  }

  /** Seals everything again, for the next plan on the same votes. */
  seal(): void {
    this.#opened.clear();
  }

  #tally(vote: Vote, unitPrice: UnitPrice): void {
    const tally = entry(this.#tallies, vote.rater, () => ({ usd: 0, maxUsd: 0, calls: 0, unpriced: 0 }));
    const calls = callsOf(vote);
    const usd = costOf(vote, unitPrice);
    tally.calls += calls;
    if (usd === null) tally.unpriced += 1;
    else {
      tally.usd += usd;
      if (calls > 0) tally.maxUsd = Math.max(tally.maxUsd, usd / calls);
    }
  }

  #seal(votes: readonly Vote[], key: string, unitPrice: UnitPrice): SealedTask {
    const [first] = votes as [Vote, ...Vote[]];
    const [rater, id] = key.split('\n') as [string, string];
    const calls = sum(votes.map(callsOf));
    const { usd, calls: allCalls, unpriced } = this.#tallies.get(rater)!;
    // The mean price, not the cost of this task: the cost is known only afterwards.
    const costUsd = unpriced > 0 ? null : allCalls === 0 ? 0 : (usd / allCalls) * calls;
    const costs = votes.map((vote) => costOf(vote, unitPrice));
    return {
      offered: {
        rater,
        raterKind: first.rater_kind,
        family: familyOf(first.model),
        task: {
          id,
          candidates: candidatesOf(first),
          sample: Number(id.slice(id.lastIndexOf(':') + 1)),
          calls,
          inputTokens: 0,
          outputTokens: 0,
        },
        costUsd,
      },
      paid: { votes, calls, costUsd: costs.includes(null) ? null : sum(costs as number[]) },
    };
  }
}

/** The candidates of recorded votes, for items without a record; `item` gives their order where it is known. */
export function candidatesIn(offers: readonly OfferedTask[], item?: Item): string[] {
  const seen = new Set(offers.flatMap(({ task }) => task.candidates));
  const known = item?.candidates.map(({ id }) => id) ?? [];
  return [...known, ...[...seen].filter((id) => item === undefined || !candidateOf(item, id)).sort()];
}

/** Adds a vote to its task. A repeated question without `sample` is the next sample; the other order joins its pair. */
function file(tasks: Map<string, Vote[]>, vote: Vote): void {
  const about =
    vote.kind === 'pairwise'
      ? [...vote.shown].sort().join('|')
      : vote.kind === 'pointwise'
        ? vote.candidate
        : '*';
  const stem = `${vote.rater}\n${vote.kind}:${about}${vote.criterion === undefined ? '' : `:${vote.criterion}`}`;
  for (let sample = vote.sample ?? 0; ; sample += 1) {
    const group = tasks.get(`${stem}:${sample}`);
    if (group === undefined) {
      tasks.set(`${stem}:${sample}`, [vote]);
      return;
    }
    if (isOtherOrder(group, vote)) {
      group.push(vote);
      return;
    }
  }
}

function isOtherOrder(group: readonly Vote[], vote: Vote): boolean {
  const [earlier] = group;
  if (group.length !== 1 || earlier?.kind !== 'pairwise' || vote.kind !== 'pairwise') return false;
  if (earlier.orders !== undefined || vote.orders !== undefined) return false;
  return earlier.shown[0] !== vote.shown[0];
}

function candidatesOf(vote: Vote): readonly string[] {
  if (vote.kind === 'pairwise') return [...vote.shown].sort();
  if (vote.kind === 'pointwise') return [vote.candidate];
  return [...(vote.shown ?? vote.ranking?.flat() ?? [])].sort();
}

/** Rules run on this machine; a vote merged from both orders took two calls. */
function callsOf(vote: Vote): number {
  if (vote.rater_kind === 'rule') return 0;
  return vote.kind === 'pairwise' && vote.orders === 'both' ? 2 : 1;
}

function costOf(vote: Vote, unitPrice: UnitPrice): number | null {
  if (typeof vote.cost_usd === 'number') return vote.cost_usd;
  if (callsOf(vote) === 0) return 0;
  const price = unitPrice(vote.rater);
  return price === null ? null : price * callsOf(vote);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function byKey(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : 1;
}

function entry<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const created = create();
  map.set(key, created);
  return created;
}
