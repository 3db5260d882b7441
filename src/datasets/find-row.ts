import { join } from 'node:path';
import { InputError } from '../domain/errors.ts';
import { readRecords } from '../files/read-records.ts';
import { readManifest } from './compare-datasets.ts';
import type { ExampleMeta } from './example.ts';
import { sidecarFile } from './write-rows.ts';

/** Position and provenance of a row of an exported dataset. */
export interface DatasetRow {
  readonly split: string;
  /** 1-based line of the split's data file. */
  readonly line: number;
  readonly meta: ExampleMeta;
}

/** Finds a row by its id. @throws InputError for an unknown id */
export async function findRow(folder: string, id: string): Promise<DatasetRow> {
  const manifest = await readManifest(folder);
  for (const split of Object.keys(manifest.rows)) {
    for await (const { line, record } of readRecords(join(folder, sidecarFile(split)))) {
      if (record.id === id) return { split, line, meta: record as unknown as ExampleMeta };
    }
  }
  throw new InputError(folder, null, `no row has the id "${id}"`, {
    hint: 'ids stand in the *.meta.jsonl files beside the data',
  });
}
