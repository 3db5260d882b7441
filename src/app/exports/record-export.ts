import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DatasetManifest } from '../../datasets/manifest.ts';
import { sidecarFile } from '../../datasets/write-rows.ts';
import type { ExportSpec } from '../../domain/export-spec.ts';
import { readRecords } from '../../files/read-records.ts';
import { openFeedbackStore } from '../stores/open-feedback-store.ts';

const batchSize = 1000;

/**
 * Records in the feedback store which events a dataset contains, from its sidecars, so that an erasure can name it.
 * @returns how many rows were made of feedback; null where there is no store.
 */
export async function recordExport(
  { out, feedbackStore }: Pick<ExportSpec, 'out' | 'feedbackStore'>,
  manifest: DatasetManifest,
  name: string,
): Promise<number | null> {
  if (!existsSync(feedbackStore)) return null;
  const dataset = `${name} (sha256 ${manifest.content_hash})`;
  const store = await openFeedbackStore(feedbackStore);
  let rows = 0;
  try {
    let batch: string[] = [];
    for (const split of Object.keys(manifest.rows)) {
      for await (const { record } of readRecords(join(out, sidecarFile(split)))) {
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
