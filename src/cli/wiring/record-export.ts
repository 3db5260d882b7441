import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DatasetManifest } from '../../datasets/manifest.ts';
import { sidecarFile } from '../../datasets/write-rows.ts';
import { readRecords } from '../../files/read-records.ts';
import { openFeedbackStore } from './open-feedback-store.ts';

const batchSize = 1000;

/**
 * Tells the feedback store which events went into a dataset, so that an erasure can name it. The sidecars know.
 * @returns how many rows were made of feedback; null where there is no store.
 */
export async function recordExport(
  folder: string,
  manifest: DatasetManifest,
  storeFile: string,
  cwd: string,
): Promise<number | null> {
  if (!existsSync(resolve(cwd, storeFile))) return null;
  const dataset = `${folder} (sha256 ${manifest.content_hash})`;
  const store = await openFeedbackStore(storeFile, cwd);
  let rows = 0;
  try {
    let batch: string[] = [];
    for (const split of Object.keys(manifest.rows)) {
      for await (const { record } of readRecords(join(resolve(cwd, folder), sidecarFile(split)))) {
        const events = Array.isArray(record.events) ? record.events.map(String) : [];
        if (events.length > 0) rows += 1;
        batch.push(...events);
        if (batch.length >= batchSize) {
          await store.recordExport(dataset, batch);
          batch = [];
        }
      }
    }
    if (batch.length > 0) await store.recordExport(dataset, batch);
  } finally {
    await store.close();
  }
  return rows;
}
