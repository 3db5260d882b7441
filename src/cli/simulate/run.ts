import { resolve } from 'node:path';
import { ConfigError } from '../../domain/errors.ts';
import type { Item } from '../../domain/item.ts';
import type { Vote } from '../../domain/vote.ts';
import { adaptiveAllocation } from '../../engine/allocation/adaptive.ts';
import { BestByLabels } from '../../engine/allocation/best-by-labels.ts';
import type { LearningOptions } from '../../engine/allocation/block-learning.ts';
import { cascadeAllocation } from '../../engine/allocation/cascade.ts';
import { crossFit } from '../../engine/allocation/cross-fit.ts';
import { fixedAllocation } from '../../engine/allocation/fixed.ts';
import { fewestLabelled, labelledItems } from '../../engine/allocation/learn-from-labels.ts';
import { VoteLedger } from '../../engine/allocation/vote-ledger.ts';
import {
  type FrontierInput,
  type FrontierPoint,
  frontier,
  recommend,
} from '../../engine/simulate/frontier.ts';
import { type SimulationScore, scoreSimulation } from '../../engine/simulate/score-simulation.ts';
import { simulate } from '../../engine/simulate/simulate.ts';
import { readItems } from '../../files/items.ts';
import { readVotes } from '../../files/votes.ts';
import { writeJsonLines, writeText } from '../../files/write-lines.ts';
import type { Allocation } from '../../ports/allocation.ts';
import { matchesAny } from '../../reconcile/tables/rater-globs.ts';
import type { CommandIo } from '../io.ts';
import { frontierLines, frontierSvg, settingOf } from './draw-frontier.ts';
import { readSimulationFlags, type SimulateFlags, type SimulationSettings } from './simulation-flags.ts';

/** Where neither a target nor a budget is given. */
const usualTargetError = 0.05;

export interface SimulationSummary extends SimulationScore {
  readonly allocation: string;
  readonly target_error: number | null;
  readonly usd_per_item_limit: number | null;
  readonly raters: readonly string[];
  readonly seed: number;
  /** Labelled items that the plan learnt from; an item is never asked by a label of its own cluster. */
  readonly taught_by_labels: number;
}

export interface SimulationRun {
  readonly summary: SimulationSummary | FrontierSummary;
  /** For people. */
  readonly notes: readonly string[];
}

export interface FrontierSummary {
  readonly points: readonly FrontierPoint[];
  /** What `quality` is: accuracy on labels, or what the plans claim of themselves. */
  readonly measured: 'accuracy' | 'claimed';
  /** Null where no plan reaches the target or fits the money. */
  readonly recommended: FrontierPoint | null;
  readonly raters: readonly string[];
  readonly seed: number;
}

/** The whole of `quorate simulate`: files in, lines out. */
export async function runSimulation(flags: SimulateFlags, io: CommandIo): Promise<SimulationRun> {
  const settings = readSimulationFlags(flags);
  const notes: string[] = [];
  const path = (file: string) => (file === '-' ? file : resolve(io.cwd, file));
  const ledger = await openLedger(flags, settings, path);
  const items = await itemsToAsk(flags, ledger, path, notes);
  notePrices(ledger, settings, notes);
  noteMissingRaters(ledger, items, notes);
  const labels = flags.labels === undefined ? null : await readLabels(flags.labels.map(path));
  const labelled = labels === null || flags.fitLabels === false ? [] : labelledItems(labels, ledger, items);
  const teaching = labelled.length >= fewestLabelled;
  notes.push(...noteLabels(labels, labelled.length, flags));
  const teach = teaching ? { labelled: crossFit(labelled, settings.seed) } : {};
  const replay = { ledger, items, seed: settings.seed, signal: io.signal };
  if (flags.frontier === true)
    return await drawFrontier(flags, { ...replay, ...teach, labels }, settings, path, notes);
  const outcomes = simulate({
    ...replay,
    allocation: openAllocation(settings, items.length, teach.labelled),
    usdPerItem: settings.usdPerItem,
  });
  if (flags.out !== undefined) await writeJsonLines(path(flags.out), outcomes);
  const score = scoreSimulation(outcomes, labels);
  notes.push(inWords(score, settings));
  return {
    summary: {
      allocation: settings.allocation,
      target_error: settings.targetError,
      usd_per_item_limit: settings.usdPerItem,
      raters: ledger.prices().map(({ rater }) => rater),
      seed: settings.seed,
      taught_by_labels: teaching ? labelled.length : 0,
      ...score,
    },
    notes,
  };
}

function openAllocation(
  settings: SimulationSettings,
  items: number,
  labelled: LearningOptions['labelled'],
): Allocation {
  const { allocation, samples, usdPerItem, targetError } = settings;
  const learning = { keepReadings: true, ...(labelled && { labelled }) };
  if (allocation === 'fixed') return fixedAllocation({ ...learning, samples, usdPerItem });
  const target = usdPerItem === null ? (targetError ?? usualTargetError) : null;
  const open = allocation === 'adaptive' ? adaptiveAllocation : cascadeAllocation;
  return open({ ...learning, targetError: target, usdPerItem, items });
}

/** Plays every plan, draws them, and says which to take. */
async function drawFrontier(
  flags: SimulateFlags,
  input: FrontierInput,
  settings: SimulationSettings,
  path: (file: string) => string,
  notes: string[],
): Promise<SimulationRun> {
  const points = [...frontier(input)];
  const recommended = recommend(points, settings);
  if (flags.out !== undefined) await writeJsonLines(path(flags.out), points);
  if (flags.svg !== undefined) await writeText(path(flags.svg), [frontierSvg(points, recommended)]);
  notes.push(...frontierLines(points, recommended));
  notes.push(
    recommended === null
      ? 'no plan reaches that; see the table for what does'
      : `recommended: ${settingOf(recommended)}`,
  );
  return {
    summary: {
      points,
      measured: input.labels === null ? 'claimed' : 'accuracy',
      recommended,
      raters: input.ledger.prices().map(({ rater }) => rater),
      seed: input.seed,
    },
    notes,
  };
}

async function openLedger(
  flags: SimulateFlags,
  settings: SimulationSettings,
  path: (file: string) => string,
): Promise<VoteLedger> {
  const wanted = flags.raters?.split(',').map((glob) => glob.trim()) ?? [];
  const votes: Vote[] = [];
  const seen = new Set<string>();
  for (const file of flags.votes) {
    for await (const vote of readVotes(path(file))) {
      if (vote.rater_kind === 'gold') continue;
      seen.add(vote.rater);
      if (matchesAny(vote.rater, wanted)) votes.push(vote);
    }
  }
  if (votes.length === 0) {
    throw new ConfigError(
      seen.size === 0 ? 'the votes files hold no votes to replay' : `--raters ${flags.raters} matches nobody`,
      [],
      seen.size === 0 ? {} : { hint: `raters in the files: ${[...seen].sort().slice(0, 20).join(', ')}` },
    );
  }
  return new VoteLedger(votes, () => settings.unitPrice);
}

async function itemsToAsk(
  flags: SimulateFlags,
  ledger: VoteLedger,
  path: (file: string) => string,
  notes: string[],
): Promise<(Item | string)[]> {
  const asked = new Set(ledger.items());
  if (flags.items === undefined) return [...asked];
  const items: Item[] = [];
  let unasked = 0;
  for (const file of flags.items) {
    for await (const item of readItems(path(file))) {
      if (asked.has(item.id)) items.push(item);
      else unasked += 1;
    }
  }
  if (unasked > 0) notes.push(`${unasked} items have no recorded votes of these raters and are left out`);
  if (items.length === 0) throw new ConfigError('no item of --items has a recorded vote of these raters');
  return items;
}

function notePrices(ledger: VoteLedger, { usdPerItem }: SimulationSettings, notes: string[]): void {
  const unpriced = ledger.prices().filter(({ usdPerCall }) => usdPerCall === null);
  if (unpriced.length === 0) return;
  const names = unpriced.map(({ rater }) => rater).join(', ');
  if (usdPerItem !== null) {
    throw new ConfigError(`--usd-per-item needs prices, and votes of ${names} carry no cost_usd`, [], {
      hint: 'give --unit-price, the US dollars of a call (1 counts calls)',
    });
  }
  notes.push(`no cost_usd in votes of ${names}: dollars are unknown (null); --unit-price gives a price`);
}

function noteMissingRaters(ledger: VoteLedger, items: readonly (Item | string)[], notes: string[]): void {
  const all = ledger.prices().length;
  const partial = items.filter((item) => {
    const offers = ledger.offers(typeof item === 'string' ? item : item.id);
    return new Set(offers.map(({ rater }) => rater)).size < all;
  });
  if (partial.length > 0) {
    notes.push(
      `${partial.length} of ${items.length} items lack votes of some raters and are asked of the others`,
    );
  }
}

function noteLabels(labels: BestByLabels | null, taught: number, flags: SimulateFlags): string[] {
  if (labels === null) return [];
  if (flags.fitLabels === false) return ['the labels measure only; the plan does not see them'];
  return taught < fewestLabelled
    ? [
        `${taught} items with votes and one best candidate by labels: too few to learn from (${fewestLabelled})`,
      ]
    : [`the plan learns from ${taught} labelled items, and asks none by a label of its own cluster`];
}

async function readLabels(files: readonly string[]): Promise<BestByLabels> {
  const labels = new BestByLabels();
  for (const file of files) for await (const vote of readVotes(file)) labels.add(vote);
  return labels;
}

function inWords(score: SimulationScore, { allocation }: SimulationSettings): string {
  const money = score.usd_per_item === null ? 'unknown dollars' : `$${score.usd_per_item.toFixed(6)}`;
  const accuracy =
    score.accuracy === null || score.accuracy_se === null
      ? 'no labels'
      : `accuracy ${(100 * score.accuracy).toFixed(1)} % ± ${(100 * score.accuracy_se).toFixed(1)} (n = ${score.labelled})`;
  const perPair = score.usd_per_accepted_pair;
  const accepted = `${score.accepted} accepted (uncalibrated)${perPair === null ? '' : ` at $${perPair.toFixed(6)} each`}`;
  return `${allocation}: ${score.items} items, ${money} and ${score.calls_per_item.toFixed(1)} calls an item, ${accuracy}, ${accepted}`;
}
