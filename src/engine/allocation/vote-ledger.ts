import { familyOf } from '../../domain/family.ts';
import { candidateOf, type Item } from '../../domain/item.ts';
import type { Vote } from '../../domain/vote.ts';
import type { OfferedTask } from '../../ports/allocation.ts';

/** What a rater costs, known before it is asked. */
export interface RaterPrice {
  readonly rater: string;
  /** Mean US dollars a call over the recorded votes; null where a vote without `cost_usd` has no unit price. */
  readonly usdPerCall: number | null;
  /** The most that one recorded call cost; what a hard budget sets aside. */
  readonly maxUsdPerCall: number | null;
  readonly calls: number;
}

/** What a look turned out to be, once paid for. */
export interface PaidTask {
  readonly votes: readonly Vote[];
  readonly calls: number;
  /** null where the price is unknown. */
  readonly costUsd: number | null;
}

/** A look with what came of it. */
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

/** Chooses the price of a call that was recorded without one; null where it has none. */
export type UnitPrice = (rater: string) => number | null;

/**
 * Recorded votes, sealed: what may be asked can be seen, what was answered only by paying. Votes of one rater that
 * make one question (both orders of a pair) are one look. The order of the files plays no part beyond numbering
 * repeated samples that carry no `sample`.
 */
export class VoteLedger {
  readonly #items = new Map<string, Map<string, SealedTask>>();
  readonly #opened = new Set<SealedTask>();
  readonly #tallies = new Map<string, RaterTally>();

  /** @param votes votes that may be asked for: no labels. Held in memory for as long as the ledger lives. */
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

  /** Items with at least one look, sorted. */
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

  /** What may still be asked about an item, in a fixed order. */
  offers(item: string): OfferedTask[] {
    const tasks = this.#items.get(item)?.values() ?? [];
    return [...tasks].filter((task) => !this.#opened.has(task)).map(({ offered }) => offered);
  }

  /** All that was recorded about an item, as of a past that was paid long ago: for what labels teach, never for a plan. */
  history(item: string): readonly SealedTask[] {
    return [...(this.#items.get(item)?.values() ?? [])];
  }

  /** Opens a look. @throws Error when it was opened before or never offered: a policy that asks twice is wrong. */
  pay(item: string, offered: OfferedTask): PaidTask {
    const task = this.#items.get(item)?.get(`${offered.rater}\n${offered.task.id}`);
    if (task === undefined)
      throw new Error(`${offered.rater} has no look ${offered.task.id} at item ${item}`);
    if (this.#opened.has(task))
      throw new Error(`${offered.rater} ${offered.task.id} at ${item} is paid twice`);
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
    // The price list, not this look's own bill: a bill is known only afterwards.
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

/** The candidates that recorded votes speak of, for items nobody described; `item` gives their order where known. */
export function candidatesIn(offers: readonly OfferedTask[], item?: Item): string[] {
  const seen = new Set(offers.flatMap(({ task }) => task.candidates));
  const known = item?.candidates.map(({ id }) => id) ?? [];
  return [...known, ...[...seen].filter((id) => item === undefined || !candidateOf(item, id)).sort()];
}

/** Puts a vote into its look. A repeated question without `sample` is the next sample; another order joins its pair. */
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

/** Rules run on this machine; a vote that was merged from both orders took two calls. */
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
