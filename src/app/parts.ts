import type { DatasetFormat } from '../datasets/formats/format.ts';
import type { Item } from '../domain/item.ts';
import type { Provider } from '../ports/provider.ts';
import type { Rater } from '../ports/rater.ts';
import type { RunStore } from '../ports/run-store.ts';
import type { FunctionRule } from '../raters/rules/function-rule.ts';

/**
 * What a caller brings to a job: code, which a job file can never carry.
 * @example
 * import { defineRule } from 'quorate/raters';
 * const parts: Parts = { rules: [defineRule({ id: 'polite', test: (response) => response.includes('please') })] };
 */
export interface Parts {
  readonly providers?: readonly Provider[];
  /** Join the panel beside the judges; `context.askOther(id, …)` asks the model of a judge. */
  readonly raters?: readonly Rater[];
  readonly rules?: readonly FunctionRule[];
  readonly formats?: readonly DatasetFormat[];
  /** Instead of the file that the job names; a run writes them there first. */
  readonly items?: readonly Item[];
  /** Instead of the store that the job names. It is not closed: whoever opened it closes it. */
  readonly store?: RunStore;
}

/** What a caller can bring to a gate: the responses are its items, and its job names the store. */
export type GateParts = Pick<Parts, 'providers' | 'raters' | 'rules'>;

/** Parts of several origins as one; the last store and the last items count. */
export function mergedParts(...all: readonly (Parts | undefined)[]): Parts {
  const each = all.filter((parts) => parts !== undefined);
  const items = each.findLast((parts) => parts.items !== undefined)?.items;
  const store = each.findLast((parts) => parts.store !== undefined)?.store;
  return {
    providers: each.flatMap(({ providers }) => providers ?? []),
    raters: each.flatMap(({ raters }) => raters ?? []),
    rules: each.flatMap(({ rules }) => rules ?? []),
    formats: each.flatMap(({ formats }) => formats ?? []),
    ...(items === undefined ? {} : { items }),
    ...(store === undefined ? {} : { store }),
  };
}
