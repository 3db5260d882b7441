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

interface Account {
  readonly scope: BudgetScope;
  readonly name: string;
  readonly limitUsd: number;
  spentUsd: number;
  heldUsd: number;
  holds: number;
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

  /** @throws BudgetError when the call could exceed a limit and no call in flight can release money. */
  async reserve(payer: Payer, usd: number): Promise<Reservation> {
    const accounts = this.#accountsOf(payer);
    if (fits(accounts, usd)) {
      take(accounts, usd);
    } else {
      await new Promise<void>((resolve, reject) => {
        this.#waiters.push({ accounts, usd, resolve, reject });
        this.#serve();
      });
    }
    this.#lastHold += 1;
    return { id: this.#lastHold, usd };
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
      if (one.holds === 0) one.heldUsd = 0;
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
  return { scope, name, limitUsd, spentUsd: 0, heldUsd: 0, holds: 0 };
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

function refusal({ scope, name, limitUsd, spentUsd }: Account, usd: number): BudgetError {
  const whose = scope === 'run' ? 'the run' : `${scope} "${name}"`;
  return new BudgetError(
    scope,
    limitUsd,
    `the budget of ${whose} is reached: $${spentUsd.toFixed(4)} of $${limitUsd} is spent, ` +
      `and the next call may cost up to $${usd.toFixed(4)}`,
    { hint: 'raise the limit and run the same command: it continues, and nothing is paid twice' },
  );
}
