import type { JsonRecord } from '../../files/json-record.ts';
import { elementsAt, listMarker, valueAt } from './row-path.ts';

/** One of the records that a row holds: finds the value of a path in it. */
export type RowScope = (path: string) => unknown;

export type Expanded = { readonly scopes: readonly RowScope[] } | { readonly problem: string };

interface Binding {
  /** The path up to and with its marker, for example `annotations[]`. */
  readonly prefix: string;
  readonly element: unknown;
}

/**
 * The records of a row: one, or where the paths hold `[]` or `{}` one for each element. Lists at the same depth are
 * read side by side and must have the same length; lists inside of lists are read one below the other.
 */
export function expandRow(row: JsonRecord, paths: readonly string[]): Expanded {
  const scopes: RowScope[] = [];
  const problem = expand(row, paths, [], scopes);
  return problem === null ? { scopes } : { problem };
}

function expand(
  row: JsonRecord,
  paths: readonly string[],
  bound: readonly Binding[],
  into: RowScope[],
): string | null {
  const lists = listsBelow(row, paths, bound);
  if (lists.size === 0) {
    into.push((path) => resolve(row, bound, path));
    return null;
  }
  const found = [...lists].filter(([, elements]) => elements !== undefined) as [string, readonly unknown[]][];
  const [first] = found;
  if (first === undefined) return null;
  const other = found.find(([, elements]) => elements.length !== first[1].length);
  if (other !== undefined) {
    return `${first[0]} has ${first[1].length} elements where ${other[0]} has ${other[1].length}; lists that are read side by side have the same length`;
  }
  for (let index = 0; index < first[1].length; index += 1) {
    const here = [...lists.keys()].map((prefix) => ({ prefix, element: lists.get(prefix)?.[index] }));
    const problem = expand(row, paths, [...bound, ...here], into);
    if (problem !== null) return problem;
  }
  return null;
}

/** The lists that the next unbound markers of the paths stand for. */
function listsBelow(
  row: JsonRecord,
  paths: readonly string[],
  bound: readonly Binding[],
): ReadonlyMap<string, readonly unknown[] | undefined> {
  const lists = new Map<string, readonly unknown[] | undefined>();
  for (const path of paths) {
    const binding = bindingOf(bound, path);
    const rest = path.slice(binding?.prefix.length ?? 0);
    const next = listMarker(rest);
    if (next === null) continue;
    const prefix = `${binding?.prefix ?? ''}${next.prefix}${next.marker}`;
    const inner = next.prefix.replace(/^\./, '');
    lists.set(prefix, elementsAt(binding === undefined ? row : binding.element, inner, next.marker));
  }
  return lists;
}

function resolve(row: JsonRecord, bound: readonly Binding[], path: string): unknown {
  const binding = bindingOf(bound, path);
  if (binding === undefined) return valueAt(row, path);
  return valueAt(binding.element, path.slice(binding.prefix.length).replace(/^\./, ''));
}

/** The deepest element that the path goes through. */
function bindingOf(bound: readonly Binding[], path: string): Binding | undefined {
  return bound.findLast(({ prefix }) => path.startsWith(prefix));
}
