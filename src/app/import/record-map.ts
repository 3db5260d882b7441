import { dirname } from 'node:path';
import type { LoadedMap } from '../../config/import/load-map.ts';
import { loadMap } from '../../config/import/load-map.ts';
import { itemMapSchema, voteMapSchema } from '../../config/import/record-map-schema.ts';
import type { RowMap } from '../../domain/row-map.ts';

/** What a file is imported as. Labels are the votes of humans and of gold data. */
export type ImportKind = 'items' | 'votes' | 'labels';

/** A map from a file: where the fields of items or votes are in rows. */
export interface LoadedRecordMap extends Pick<LoadedMap<unknown>, 'mistakeAt'> {
  readonly rows: RowMap;
  /** A map of its own for each candidate of an item. */
  readonly candidates: readonly RowMap[];
  /** Where the paths of the map start from. */
  readonly folder: string;
}

/** @throws ConfigError with every mistake of the file */
export async function loadRecordMap(
  file: string,
  kind: 'items' | 'votes' | 'labels',
): Promise<LoadedRecordMap> {
  const folder = dirname(file);
  if (kind === 'items') {
    const { value, mistakeAt } = await loadMap(file, itemMapSchema);
    return { ...value, folder, mistakeAt };
  }
  const { value, mistakeAt } = await loadMap(file, voteMapSchema);
  return { rows: value, candidates: [], folder, mistakeAt };
}
