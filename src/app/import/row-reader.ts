import { InputError } from '../../domain/errors.ts';
import type { Item } from '../../domain/item.ts';
import type { Vote } from '../../domain/vote.ts';
import type { JsonRecord } from '../../files/json-record.ts';
import type { ImportFormat, RowPlace } from '../../importers/format.ts';
import { rowMapper } from '../../importers/map/map-row.ts';
import { openJoin } from '../../importers/map/open-join.ts';
import { itemOfFields, voteOfFields } from '../../importers/map/records-of-fields.ts';
import type { RowSample } from '../../importers/sample-rows.ts';
import { checkMap } from './check-map.ts';
import type { ImportKind, LoadedRecordMap } from './record-map.ts';

/** Everything that one row gave. */
export interface ReadRow {
  readonly items: readonly Item[];
  readonly votes: readonly Vote[];
  readonly problems: readonly string[];
  readonly leftOut: readonly string[];
}

export interface RowReader {
  readonly joinsItems: boolean;
  read(row: JsonRecord, place: RowPlace): ReadRow;
}

export function readerOfFormat(format: ImportFormat): RowReader {
  return {
    joinsItems: format.joinsItems === true,
    read(row, place) {
      try {
        const { items = [], votes = [], problem, leftOut } = format.read(row, place);
        return {
          items,
          votes,
          problems: problem === undefined ? [] : [problem],
          leftOut: leftOut === undefined ? [] : [leftOut],
        };
      } catch (error) {
        if (!InputError.isInstance(error)) throw error;
        return { items: [], votes: [], problems: [error.message.replace(/^:\d+: /, '')], leftOut: [] };
      }
    },
  };
}

/** @throws ConfigError where the map names columns that are not there; InputError for a file of its join */
export async function readerOfMap(
  kind: ImportKind,
  loaded: LoadedRecordMap,
  sample: RowSample,
): Promise<RowReader> {
  const { rows: map, candidates, folder } = loaded;
  checkMap(map, loaded, sample);
  for (const one of candidates) checkMap(one, loaded, sample);
  const joined = map.join === null ? undefined : await openJoin(map.join, folder);
  const mapper = rowMapper(map, joined);
  const candidateMappers = candidates.map((one) => rowMapper(one, joined));
  return {
    joinsItems: kind === 'items' && candidates.length === 1 && !JSON.stringify(candidates).includes('[]'),
    read(row) {
      const { records, leftOut, problems } = mapper(row);
      const items: Item[] = [];
      const votes: Vote[] = [];
      const wrong = [...problems];
      for (const record of records) {
        const made =
          kind === 'items'
            ? itemOfFields(
                record,
                candidateMappers.map((mapped) => mapped(row)),
              )
            : voteOfFields(record, kind, map.times);
        if ('problem' in made) wrong.push(made.problem);
        else if ('item' in made) items.push(made.item);
        else votes.push(made.vote);
      }
      return { items, votes, problems: wrong, leftOut };
    },
  };
}
