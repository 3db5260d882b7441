import type { LimitFunction } from 'p-limit';
import { BudgetError } from '../../domain/budget-error.ts';
import type { Item } from '../../domain/item.ts';
import type { Allocation, OfferedLook } from '../../ports/allocation.ts';
import type { RecordedLook, RunStore } from '../../ports/run-store.ts';
import type { Budget } from '../calls/budget.ts';
import type { Caller } from '../calls/caller.ts';
import type { FinishedItems } from './finished-items.ts';
import type { Lane, PanelMember } from '../calls/lane.ts';
import { itemHash, lookFingerprint, lookName, offeredLooks } from './offered-looks.ts';
import type { Refusals } from './refusals.ts';
import type { RunControl } from '../calls/run-control.ts';
import { takeLook } from './take-look.ts';
import type { Tally } from '../calls/tally.ts';

/** What the asking of every item of a run shares. */
export interface ItemWork {
  readonly run: string;
  readonly panel: readonly PanelMember[];
  readonly allocation: Allocation;
  readonly store: RunStore;
  readonly budget: Budget;
  readonly control: RunControl;
  readonly tally: Tally;
  readonly refusals: Refusals;
  readonly finished: FinishedItems;
  readonly retryErrors: boolean;
  readonly callerOf: (lane: Lane) => Caller;
  /** Bounds the looks under way at one lane, so that prompts are made only shortly before they are sent. */
  readonly gateOf: (lane: Lane | null) => LimitFunction;
}

/** Asks about one item, round by round, until its allocation wants no more. What is recorded is not asked again. */
export async function askItem(
  item: Item,
  index: number,
  recorded: readonly RecordedLook[],
  work: ItemWork,
): Promise<void> {
  const { panel, budget, refusals, tally } = work;
  const members = new Map(panel.map((member) => [member.rater.id, member]));
  const hash = itemHash(item);
  const fingerprints = new Map(
    panel.map(({ rater }) => [rater.id, lookFingerprint(rater.fingerprint, hash)]),
  );
  const known = new Map<string, RecordedLook>();
  for (const look of recorded) {
    if (look.fingerprint !== fingerprints.get(look.rater)) continue;
    if (work.retryErrors && look.votes.some((vote) => vote.outcome === 'error')) continue;
    known.set(lookName(look.rater, look.look), look);
    budget.chargeItem(item.id, look.costUsd ?? 0);
  }
  const offered = offeredLooks(item, panel);

  const lookAt = async (offer: OfferedLook): Promise<RecordedLook | BudgetError> => {
    const name = lookName(offer.rater, offer.look.id);
    const before = known.get(name);
    if (before !== undefined) return before;
    const member = members.get(offer.rater)!;
    try {
      const taken = await work.gateOf(member.lane)(() => {
        work.control.signal.throwIfAborted();
        return takeLook({
          member,
          look: offer.look,
          item,
          fingerprint: fingerprints.get(offer.rater)!,
          callerOf: work.callerOf,
          signal: work.control.callSignal,
        });
      });
      await work.store.recordLook(work.run, taken);
      known.set(name, taken);
      return taken;
    } catch (error) {
      if (error instanceof BudgetError && error.scope !== 'run') return error;
      throw error;
    }
  };

  await work.finished.waitFor(work.allocation.waitsFor(index), work.control.signal);
  // A rater whose money is used up is out; the asking begins anew without it, on what is already known.
  for (let again = true; again; ) {
    again = false;
    const open = offered.filter(
      (offer) => known.has(lookName(offer.rater, offer.look.id)) || !refusals.isOut(offer.rater, item.id),
    );
    const asking = work.allocation.begin(item, index, open);
    for (let round = asking.next(); round.length > 0 && !again; round = again ? [] : asking.next()) {
      const looks = await allOrFirstError(round.map(lookAt));
      looks.forEach((look, place) => {
        const offer = round[place]!;
        if (look instanceof BudgetError) {
          refusals.add(look, offer.rater, item.id);
          again = true;
        } else {
          asking.record(offer, look.votes, look.costUsd);
        }
      });
    }
  }
  refusals.countMissing(
    offered.filter((offer) => !known.has(lookName(offer.rater, offer.look.id))),
    item.id,
  );
  budget.closeItem(item.id);
  work.finished.finish(index);
  tally.itemsDone += 1;
  for (const look of known.values()) tally.votes += look.votes.length;
  tally.looksDone += known.size;
}

/** Waits for all, also when one fails: what is in flight is paid for and must be recorded. */
async function allOrFirstError<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(promises);
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}
