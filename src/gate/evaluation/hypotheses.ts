import type { GateCriterionSpec } from '../../domain/gate-settings.ts';
import type { Hypothesis } from '../decision/hypothesis.ts';
import { evidenceOf } from './criterion-values.ts';
import type { GateTable } from './gate-table.ts';
import type { PairedItem } from './paired-item.ts';

/** A slice with too few items for a test of its own. */
export interface SmallSlice {
  readonly criterion: string;
  readonly slice: string;
  readonly items: number;
}

/** Hypotheses to test, and the slices that are too small. */
export interface Hypotheses {
  readonly tested: readonly Hypothesis[];
  readonly small: readonly SmallSlice[];
}

/** Every criterion over all items, and over each of its slices. The slices come from all items of the gate, judged or not: a
 * sequential gate must not pass before it has judged a slice.
 * @param items judged items, in the order drawn
 * @param all every item of the gate
 */
export function hypothesesOf(
  criteria: readonly GateCriterionSpec[],
  items: readonly PairedItem[],
  all: readonly PairedItem[],
  table: GateTable,
): Hypotheses {
  const small: SmallSlice[] = [];
  const tested = criteria.flatMap((criterion): Hypothesis[] => {
    const { id, metric } = criterion;
    const whole = { ...criterion, slice: null, evidence: evidenceOf(items, table, criterion) };
    const slices = criterion.slices.flatMap((spec) => {
      const { by, is } = spec;
      const there = bySlice(all, by);
      const asked = bySlice(items, by);
      const values = is === null ? [...there.keys()].sort() : [is];
      return values.flatMap((value): Hypothesis[] => {
        const slice = `${by}=${value}`;
        const count = there.get(value)?.length ?? 0;
        if (count < spec.minItems && is === null) {
          small.push({ criterion: id, slice, items: count });
          return [];
        }
        const evidence =
          count === 0
            ? { missing: `no item has ${by} "${value}"` }
            : evidenceOf(asked.get(value) ?? [], table, criterion);
        return [{ ...spec, id, metric, slice, evidence }];
      });
    });
    return [whole, ...slices];
  });
  return { tested, small };
}

function bySlice(items: readonly PairedItem[], by: string): ReadonlyMap<string, readonly PairedItem[]> {
  const found = new Map<string, PairedItem[]>();
  for (const item of items) {
    const value = sliceOf(item, by);
    if (value === null) continue;
    const own = found.get(value);
    if (own === undefined) found.set(value, [item]);
    else own.push(item);
  }
  return found;
}

function sliceOf(item: PairedItem, by: string): string | null {
  if (by === 'category') return item.category ?? null;
  const value = item.metadata?.[by.replace(/^metadata\./, '')];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : null;
}
