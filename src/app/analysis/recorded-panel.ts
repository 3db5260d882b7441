import { ConfigError } from '../../domain/errors.ts';
import type { Item } from '../../domain/item.ts';
import type { Vote } from '../../domain/vote.ts';
import { BestByLabels } from '../../engine/allocation/best-by-labels.ts';
import type { LearningOptions } from '../../engine/allocation/block-learning.ts';
import { crossFit } from '../../engine/allocation/cross-fit.ts';
import { labelledItems, minLabelledItems } from '../../engine/allocation/learn-from-labels.ts';
import { VoteLedger } from '../../engine/allocation/vote-ledger.ts';
import { readItems } from '../../files/items.ts';
import { type RecordSource, readEach } from '../../files/read-records.ts';
import { readVotes } from '../../files/votes.ts';
import { matchesAny } from '../../reconcile/tables/rater-globs.ts';
import type { AppContext } from '../context.ts';
import type { RecordSources } from './record-files.ts';

export interface RecordedPanelSettings {
  /** Names or globs; undefined: all raters of the votes. */
  readonly raters?: readonly string[] | undefined;
  /** US dollars of a call whose vote has no cost; null: unknown. */
  readonly unitPrice: number | null;
  /** A limit in dollars an item needs the price of every call. */
  readonly usdPerItem: number | null;
  /** False: labels measure accuracy only. */
  readonly fitLabels: boolean;
  readonly seed: number;
}

/** Recorded votes that can be asked for again, and what is known about the right answers. */
export interface RecordedPanel {
  readonly ledger: VoteLedger;
  readonly items: readonly (Item | string)[];
  readonly labels: BestByLabels | null;
  /** Labelled items by cross-fitting fold; absent where none are fitted. */
  readonly labelled?: LearningOptions['labelled'];
  /** Labelled items that raters are fitted to. */
  readonly fittedLabels: number;
}

/** Reads the records of a simulation. What is left out or unknown is a notice. */
export async function openRecordedPanel(
  files: RecordSources,
  settings: RecordedPanelSettings,
  { onEvent }: Pick<AppContext, 'onEvent'>,
): Promise<RecordedPanel> {
  const notice = (text: string) => onEvent({ type: 'notice', text });
  const ledger = await openLedger(files.votes, settings);
  const items = await itemsToAsk(files.items, ledger, notice);
  reportPrices(ledger, settings, notice);
  reportMissingRaters(ledger, items, notice);
  if (files.labels === undefined) return { ledger, items, labels: null, fittedLabels: 0 };
  const labels = new BestByLabels();
  for await (const label of readEach(files.labels, readVotes)) labels.add(label);
  if (!settings.fitLabels) {
    notice('the labels measure accuracy only; the plan is not fitted to them');
    return { ledger, items, labels, fittedLabels: 0 };
  }
  const labelled = labelledItems(labels, ledger, items);
  if (labelled.length < minLabelledItems) {
    notice(
      `${labelled.length} items have votes and one best candidate by the labels: too few to fit (${minLabelledItems})`,
    );
    return { ledger, items, labels, fittedLabels: 0 };
  }
  notice(`the plan is fitted to ${labelled.length} labelled items, cross-fitted by cluster`);
  return {
    ledger,
    items,
    labels,
    labelled: crossFit(labelled, settings.seed),
    fittedLabels: labelled.length,
  };
}

async function openLedger(
  files: readonly RecordSource<Vote>[],
  { raters = [], unitPrice }: RecordedPanelSettings,
): Promise<VoteLedger> {
  const votes: Vote[] = [];
  const seen = new Set<string>();
  for await (const vote of readEach(files, readVotes)) {
    if (vote.rater_kind === 'gold') continue;
    seen.add(vote.rater);
    if (matchesAny(vote.rater, raters)) votes.push(vote);
  }
  if (votes.length > 0) return new VoteLedger(votes, () => unitPrice);
  if (seen.size === 0) throw new ConfigError('the votes files hold no votes to replay');
  throw new ConfigError(`no rater matches ${raters.join(', ')}`, [], {
    hint: `raters in the files: ${[...seen].sort().slice(0, 20).join(', ')}`,
  });
}

async function itemsToAsk(
  files: readonly RecordSource<Item>[] | undefined,
  ledger: VoteLedger,
  notice: (text: string) => void,
): Promise<(Item | string)[]> {
  const recorded = new Set(ledger.items());
  if (files === undefined) return [...recorded];
  const items: Item[] = [];
  let without = 0;
  for await (const item of readEach(files, readItems)) {
    if (recorded.has(item.id)) items.push(item);
    else without += 1;
  }
  if (without > 0) notice(`${without} items have no recorded votes of these raters and are left out`);
  if (items.length === 0)
    throw new ConfigError('no item of the items files has a recorded vote of these raters');
  return items;
}

function reportPrices(
  ledger: VoteLedger,
  { usdPerItem }: RecordedPanelSettings,
  notice: (text: string) => void,
): void {
  const unpriced = ledger.prices().filter(({ usdPerCall }) => usdPerCall === null);
  if (unpriced.length === 0) return;
  const names = unpriced.map(({ rater }) => rater).join(', ');
  if (usdPerItem !== null) {
    throw new ConfigError(
      `a limit in dollars an item needs prices, and votes of ${names} have no cost_usd`,
      [],
      {
        hint: 'give --unit-price, the US dollars of a call (1 counts calls)',
      },
    );
  }
  notice(`no cost_usd in votes of ${names}: dollars are unknown (null); --unit-price gives a price`);
}

function reportMissingRaters(
  ledger: VoteLedger,
  items: readonly (Item | string)[],
  notice: (text: string) => void,
): void {
  const all = ledger.prices().length;
  const partial = items.filter((item) => {
    const offers = ledger.offers(typeof item === 'string' ? item : item.id);
    return new Set(offers.map(({ rater }) => rater)).size < all;
  });
  if (partial.length > 0) {
    notice(`${partial.length} of ${items.length} items lack votes of some raters; only the others are asked`);
  }
}
