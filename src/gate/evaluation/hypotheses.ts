import type { GateCriterionSpec, GateSliceSpec } from '../../domain/gate-settings.ts';
import type { Hypothesis } from '../decision/hypothesis.ts';
import { evidenceOf } from './criterion-values.ts';
import type { GateTable } from './gate-table.ts';
import type { PairedItem } from './paired-item.ts';

/** Slices that occur on too few items to be tested by themselves. */
export interface SmallSlice {
  readonly criterion: string;
  readonly slice: string;
  readonly items: number;
}

export interface Hypotheses {
  readonly tested: readonly Hypothesis[];
  readonly small: readonly SmallSlice[];
}

/** Every criterion over all items, and over each of its slices. */
export function hypothesesOf(
  criteria: readonly GateCriterionSpec[],
  items: readonly PairedItem[],
  table: GateTable,
): Hypotheses {
  const small: SmallSlice[] = [];
  const tested = criteria.flatMap((criterion): Hypothesis[] => {
    const { id, metric } = criterion;
    const whole = { ...criterion, slice: null, evidence: evidenceOf(items, table, criterion) };
    const slices = criterion.slices.flatMap((spec) =>
      valuesOf(spec, items).flatMap(([value, own]): Hypothesis[] => {
        const slice = `${spec.by}=${value}`;
        if (own.length < spec.minItems && spec.is === null) {
          small.push({ criterion: id, slice, items: own.length });
          return [];
        }
        const evidence =
          own.length === 0
            ? { missing: `no item has ${spec.by} "${value}"` }
            : evidenceOf(own, table, criterion);
        return [{ ...spec, id, metric, slice, evidence }];
      }),
    );
    return [whole, ...slices];
  });
  return { tested, small };
}

/** The values of a slice with their items, sorted by value; a named value also where it does not occur. */
function valuesOf(
  { by, is }: GateSliceSpec,
  items: readonly PairedItem[],
): readonly (readonly [string, readonly PairedItem[]])[] {
  const found = new Map<string, PairedItem[]>();
  for (const item of items) {
    const value = sliceOf(item, by);
    if (value === null) continue;
    const own = found.get(value);
    if (own === undefined) found.set(value, [item]);
    else own.push(item);
  }
  if (is !== null) return [[is, found.get(is) ?? []]];
  return [...found].sort(([one], [other]) => (one < other ? -1 : 1));
}

function sliceOf(item: PairedItem, by: string): string | null {
  if (by === 'category') return item.category ?? null;
  const value = item.metadata?.[by.replace(/^metadata\./, '')];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : null;
}
