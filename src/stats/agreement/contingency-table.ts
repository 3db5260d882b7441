/** Two raters' labels of the same units, cross-tabulated over the labels that either used (sorted) or those given. */
export function contingencyTable<T extends string | number>(
  first: readonly T[],
  second: readonly T[],
  labels: readonly T[] = [...new Set([...first, ...second])].sort(),
): number[][] {
  if (first.length !== second.length) throw new RangeError(`${first.length} labels against ${second.length}`);
  const indexOf = new Map(labels.map((label, index) => [label, index]));
  const table = labels.map(() => labels.map(() => 0));
  first.forEach((label, unit) => {
    const row = table[indexOf.get(label) ?? -1];
    const column = indexOf.get(second[unit]!);
    if (row === undefined || column === undefined)
      throw new RangeError(`a label outside ${labels.join(', ')}`);
    row[column]! += 1;
  });
  return table;
}
