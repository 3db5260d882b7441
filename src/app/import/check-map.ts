import { basename } from 'node:path';
import type { LoadedMap } from '../../config/import/load-map.ts';
import { closest } from '../../config/yaml/closest.ts';
import { configErrorFrom } from '../../config/yaml/mistakes.ts';
import type { RowMap } from '../../domain/row-map.ts';
import { columnsOf, missingColumns } from '../../importers/map/missing-columns.ts';
import type { RowSample } from '../../importers/sample-rows.ts';

/**
 * Compares a map with the rows that it is for.
 * @throws ConfigError that names each column that is not there, at its line, with the columns that are
 */
export function checkMap(
  map: RowMap,
  { mistakeAt }: Pick<LoadedMap<unknown>, 'mistakeAt'>,
  sample: RowSample,
): void {
  if (sample.first.length === 0) return;
  const missing = missingColumns(map, sample.first);
  if (missing.length === 0) return;
  const columns = columnsOf(sample.first);
  const file = sample.file === '-' ? 'standard input' : basename(sample.file);
  throw configErrorFrom(
    missing.map(({ column, place }) => {
      const near = closest(column, columns);
      const hint = `${near === undefined ? '' : `did you mean "${near}"? `}columns there: ${columns.join(', ')}`;
      return mistakeAt(place, `no row of ${file} has "${column}"`, hint);
    }),
  );
}
