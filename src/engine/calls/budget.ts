import { BudgetError, type BudgetScope } from '../../domain/errors.ts';
import type { RunStore, Spending } from '../../ports/run-store.ts';
import type { RaterBudget } from './model-endpoint.ts';

export interface BudgetLimits {
  readonly maxUsd: number | null;
  readonly perItemUsd: number | null;
  /** By rater id; raters whose budgets have the same name share it. */
  readonly raterBudgets: ReadonlyMap<string, RaterBudget>;
}

/** The rater and item that a call is charged to. */
export interface Payer {
  readonly rater: string;
  readonly item: string;
}

/** Money reserved for one call. It ends in exactly one of four ways: booked, freed, forfeited, or forfeited by a crash. */
export interface Reservation {
  readonly id: number;
  readonly usd: number;
}

/**
 * The money of one task. Its first call reserves for all calls that the task announced, so that no task is begun whose
 * second order could not be paid: half an answer costs money and gives no vote.
 */
export interface TaskFunds {
  readonly payer: Payer;
  /** Calls that have not reserved yet. */
  callsLeft: number;
  /** Reserved for them. */
  spareUsd: number;
  /** The first reservation while it waits; the others wait for it. */
  opening: Promise<void> | null;
}

interface Account {
  readonly scope: BudgetScope;
  readonly name: string;
  readonly limitUsd: number;
  spentUsd: number;
  heldUsd: number;
  holds: number;
  /** Tasks with money reserved for calls to come; part of `heldUsd`. */
  spares: number;
}

interface Waiter {
  readonly accounts: readonly Account[];
  readonly usd: number;
  resolve(): void;
  reject(error: BudgetError): void;
}

/**
 * Hard limits on money. The highest possible price of a call is reserved before it is made, so that spent plus in-flight
 * money never exceeds a limit. A reservation that does not fit waits while other calls are in flight, since most cost
 * less than was held for them, and is refused when no hold is left that could be released.
 * Holds are stored before their calls are made: after kill -9 they count as spent.
 */
export class Budget {
  readonly #run: string;
  readonly #store: RunStore;
  readonly #limits: BudgetLimits;
  readonly #whole: Account | null;
  readonly #raters = new Map<string, Account>();
  readonly #items = new Map<string, Account>();
  readonly #forfeitedByItem = new Map<string, number>();
  readonly #waiters: Waiter[] = [];
  #lastHold = 0;

  constructor(run: string, store: RunStore, limits: BudgetLimits, spending: Spending) {
    this.#run = run;
    this.#store = store;
    this.#limits = limits;
    this.#whole = limits.maxUsd === null ? null : account('run', run, limits.maxUsd);
    const raterBudgets = new Map<string, Account>();
    for (const [rater, { name, limitUsd }] of limits.raterBudgets) {
      const raterBudget = raterBudgets.get(name) ?? account('rater', name, limitUsd);
      raterBudgets.set(name, raterBudget);
      this.#raters.set(rater, raterBudget);
    }
    const charge = (rater: string, usd: number) => {
      for (const one of [this.#whole, this.#raters.get(rater)]) if (one) one.spentUsd += usd;
    };
    for (const { rater, usd } of spending.raters) charge(rater, usd);
    for (const { rater, item, usd } of spending.forfeits) {
      charge(rater, usd);
      this.#forfeitedByItem.set(item, usd + (this.#forfeitedByItem.get(item) ?? 0));
    }
  }

  /** Whether a limit applies to this rater, so that its calls need a price. */
  limits(rater: string): boolean {
    return this.#whole !== null || this.#limits.perItemUsd !== null || this.#raters.has(rater);
  }

  /** Why reservations wait; null when none does. */
  waiting(): string | null {
    const count = this.#waiters.length;
    return count === 0 ? null : `${count} waiting for calls in flight to give back what they do not use`;
  }

  /**
   * Adds the cost of an item's recorded votes. The limit per item covers all its votes, replies from the store
   * included, so that a repeated run performs the same tasks.
   */
  chargeItem(item: string, usd: number): void {
    const account = this.#itemAccount(item);
    if (account !== null) account.spentUsd += usd;
  }

  /** Forgets a finished item. */
  closeItem(item: string): void {
    this.#items.delete(item);
  }

  /** @param calls the calls that the task makes, as far as they are known before */
  openTask(payer: Payer, calls: number): TaskFunds {
    return { payer, callsLeft: calls, spareUsd: 0, opening: null };
  }

  /** Gives back what a task reserved for calls that it did not make. */
  closeTask(funds: TaskFunds): void {
    this.#addSpare(funds, -funds.spareUsd);
    this.#serve();
  }

  /** @throws BudgetError when the call could exceed a limit and no call in flight can release money. */
  async reserve(payer: Payer, usd: number, funds?: TaskFunds): Promise<Reservation> {
    // refused with the first one where that is refused
    if (funds?.opening != null) await funds.opening;
    let ahead = funds === undefined || funds.spareUsd > 0 ? 0 : usd * Math.max(0, funds.callsLeft - 1);
    const drawn = Math.min(funds?.spareUsd ?? 0, usd);
    if (funds !== undefined) {
      funds.callsLeft -= 1;
      this.#addSpare(funds, -drawn);
    }
    const accounts = this.#accountsOf(payer);
    const wanted = usd + ahead;
    const setAside = () => {
      if (funds === undefined || ahead === 0) return;
      for (const one of accounts) one.heldUsd -= ahead;
      this.#addSpare(funds, ahead);
    };
    if (fits(accounts, wanted)) {
      take(accounts, wanted);
    } else {
      const waiting = this.#wait(accounts, wanted).then(() => setAside());
      if (funds !== undefined && ahead > 0) funds.opening = waiting;
      await waiting;
      if (funds !== undefined) funds.opening = null;
      ahead = 0;
    }
    setAside();
    this.#lastHold += 1;
    return { id: this.#lastHold, usd };
  }

  #wait(accounts: readonly Account[], usd: number): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      this.#waiters.push({ accounts, usd, resolve, reject });
      this.#serve();
    });
  }

  #addSpare(funds: TaskFunds, usd: number): void {
    if (usd === 0) return;
    const before = funds.spareUsd;
    funds.spareUsd = Math.max(0, before + usd);
    const change = Number(funds.spareUsd > 0) - Number(before > 0);
    for (const one of this.#accountsOf(funds.payer)) {
      one.heldUsd += usd;
      one.spares += change;
    }
  }

  /** Makes a reservation durable; the call may be made when this resolves. */
  persist(payer: Payer, { id, usd }: Reservation): Promise<void> {
    return this.#store.hold(this.#run, { id, ...payer, usd });
  }

  /** Ends a reservation whose call was never made, or was certainly not billed. */
  async free(payer: Payer, reservation: Reservation): Promise<void> {
    await this.#store.settle(this.#run, reservation.id, 'free');
    this.book(payer, reservation, 0);
  }

  /** Ends a reservation whose call may have been billed although no reply was seen: it counts as spent. */
  async forfeit(payer: Payer, reservation: Reservation): Promise<void> {
    await this.#store.settle(this.#run, reservation.id, 'forfeit');
    this.book(payer, reservation, reservation.usd);
  }

  /** Ends a reservation with what the call cost; the store has booked it with the reply. */
  book(payer: Payer, { usd }: Reservation, spentUsd: number): void {
    for (const one of this.#accountsOf(payer)) {
      one.heldUsd -= usd;
      one.holds -= 1;
      one.spentUsd += spentUsd;
      // Sums of floats drift; without holds the sum is exactly zero.
      if (one.holds === 0 && one.spares === 0) one.heldUsd = 0;
    }
    this.#serve();
  }

  #serve(): void {
    for (const waiter of this.#waiters.splice(0)) {
      const short = waiter.accounts.find((one) => !fits([one], waiter.usd));
      if (short === undefined) {
        take(waiter.accounts, waiter.usd);
        waiter.resolve();
      } else if (short.holds > 0) {
        this.#waiters.push(waiter);
      } else {
        waiter.reject(refusal(short, waiter.usd));
      }
    }
  }

  #accountsOf({ rater, item }: Payer): readonly Account[] {
    const found = [this.#whole, this.#raters.get(rater), this.#itemAccount(item)];
    return found.filter((one) => one !== null && one !== undefined);
  }

  #itemAccount(item: string): Account | null {
    if (this.#limits.perItemUsd === null) return null;
    let found = this.#items.get(item);
    if (found === undefined) {
      found = account('item', item, this.#limits.perItemUsd);
      found.spentUsd = this.#forfeitedByItem.get(item) ?? 0;
      this.#items.set(item, found);
    }
    return found;
  }
}

function account(scope: BudgetScope, name: string, limitUsd: number): Account {
  return { scope, name, limitUsd, spentUsd: 0, heldUsd: 0, holds: 0, spares: 0 };
}

function fits(accounts: readonly Account[], usd: number): boolean {
  return accounts.every((one) => one.spentUsd + one.heldUsd + usd <= one.limitUsd);
}

function take(accounts: readonly Account[], usd: number): void {
  for (const one of accounts) {
    one.heldUsd += usd;
    one.holds += 1;
  }
}

const limitKeys: Readonly<Record<BudgetScope, string>> = {
  run: '--max-usd or `budget: {max_usd: …}`',
  rater: '`budget_usd` of the judge',
  item: '`budget: {per_item_usd: …}`',
};

/** Rounded up to two digits. */
function atLeast(usd: number): number {
  const unit = 10 ** (Math.floor(Math.log10(usd)) - 1);
  return Number((Math.ceil(usd / unit) * unit).toPrecision(2));
}

function refusal({ scope, name, limitUsd, spentUsd }: Account, usd: number): BudgetError {
  const whose = scope === 'run' ? 'the run' : `${scope} "${name}"`;
  return new BudgetError(
    scope,
    limitUsd,
    `the budget of ${whose} is reached: $${spentUsd.toFixed(4)} of $${limitUsd} is spent, ` +
      `and the next task may cost up to $${usd.toFixed(4)}`,
    {
      hint: `raise ${limitKeys[scope]} (now $${limitUsd}) to at least $${atLeast(spentUsd + usd)} and run the same command: it continues, and nothing is paid twice`,
    },
  );
}
