import type { AllocationKind } from '../../domain/job.ts';
import { adaptiveAllocation } from '../../engine/allocation/adaptive.ts';
import { cascadeAllocation } from '../../engine/allocation/cascade.ts';
import { fixedAllocation } from '../../engine/allocation/fixed.ts';
import { type FrontierPoint, frontier, recommend } from '../../engine/simulate/frontier.ts';
import { type SimulationScore, scoreSimulation } from '../../engine/simulate/score-simulation.ts';
import { type SimulatedItem, simulate } from '../../engine/simulate/simulate.ts';
import type { Allocation } from '../../ports/allocation.ts';
import type { AppContext } from '../context.ts';
import type { RecordSources } from './record-files.ts';
import { openRecordedPanel, type RecordedPanel, type RecordedPanelSettings } from './recorded-panel.ts';

/** Where neither a target error nor a budget is given. */
const defaultTargetError = 0.05;

/**
 * The allocation to try out on recorded votes; costs are in US dollars, errors are probabilities.
 * @example
 * const change: Partial<SimulationSettings> = { allocation: 'cascade', targetError: 0.1, samples: null };
 */
export interface SimulationSettings extends RecordedPanelSettings {
  readonly allocation: AllocationKind;
  /** Stop an item below this probability of error, 0 to 0.5. Excludes `usdPerItem`. */
  readonly targetError: number | null;
  /** `fixed`: samples of every rater; null: all recorded. */
  readonly samples: number | null;
}

/**
 * A simulation in one line: `quorate simulate --json`.
 * @example
 * const title = ({ allocation, seed }: SimulationSummary) => `${allocation}, seed ${seed}`;
 */
export interface SimulationSummary extends SimulationScore {
  readonly allocation: AllocationKind;
  readonly target_error: number | null;
  readonly usd_per_item_limit: number | null;
  readonly raters: readonly string[];
  readonly seed: number;
  /** Labelled items that the plan was fitted to; no item is decided by a label of its own cluster. */
  readonly fitted_labels: number;
}

/**
 * What an allocation would have asked of recorded raters, and how good its decisions are.
 * @example
 * const decided = ({ items: each }: Simulation) => each.length;
 */
export interface Simulation {
  readonly summary: SimulationSummary;
  /** In the order of the items. */
  readonly items: readonly SimulatedItem[];
}

type SimulationContext = Pick<AppContext, 'signal' | 'onEvent'>;

/**
 * Replays recorded votes under an allocation plan: what it would have decided, and at what cost.
 * @throws ConfigError where nothing can be replayed, InputError for an unreadable record
 */
export async function simulateFiles(
  files: RecordSources,
  settings: SimulationSettings,
  context: SimulationContext,
): Promise<Simulation> {
  const panel = await openRecordedPanel(files, settings, context);
  const { allocation, targetError, usdPerItem, seed } = settings;
  const { ledger, labels } = panel;
  const items = simulate({
    ledger,
    items: panel.items,
    seed,
    signal: context.signal,
    allocation: openAllocation(settings, panel),
    usdPerItem,
  });
  const summary = {
    allocation,
    target_error: targetError,
    usd_per_item_limit: usdPerItem,
    raters: ledger.prices().map(({ rater }) => rater),
    seed,
    fitted_labels: panel.fittedLabels,
    ...scoreSimulation(items, labels),
  };
  return { summary, items };
}

function openAllocation(settings: SimulationSettings, { items, labelled }: RecordedPanel): Allocation {
  const { allocation, samples, usdPerItem, targetError } = settings;
  const learning = { keepReadings: true, ...(labelled && { labelled }) };
  if (allocation === 'fixed') return fixedAllocation({ ...learning, samples, usdPerItem });
  const target = usdPerItem === null ? (targetError ?? defaultTargetError) : null;
  const open = allocation === 'adaptive' ? adaptiveAllocation : cascadeAllocation;
  return open({ ...learning, targetError: target, usdPerItem, items: items.length });
}

export interface Frontier {
  readonly points: readonly FrontierPoint[];
  /** What `quality` is: accuracy on labels, or the plans' own uncalibrated estimate. */
  readonly measured: 'accuracy' | 'claimed';
  /** Null where no plan meets the target error or the budget. */
  readonly recommended: FrontierPoint | null;
  readonly raters: readonly string[];
  readonly seed: number;
}

/** Replays fixed, cascade and adaptive plans, and recommends the best that meets the target error or the budget. */
export async function frontierOfFiles(
  files: RecordSources,
  settings: RecordedPanelSettings & Pick<SimulationSettings, 'targetError'>,
  context: SimulationContext,
): Promise<Frontier> {
  const { ledger, items, labels, labelled } = await openRecordedPanel(files, settings, context);
  const { seed } = settings;
  const input = { ledger, items, labels, seed, signal: context.signal, ...(labelled && { labelled }) };
  const points = [...frontier(input)];
  return {
    points,
    measured: labels === null ? 'claimed' : 'accuracy',
    recommended: recommend(points, settings),
    raters: ledger.prices().map(({ rater }) => rater),
    seed,
  };
}
