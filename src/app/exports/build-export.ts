import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ExportOutcome } from '../../datasets/export-dataset.ts';
import type { DatasetFormat } from '../../datasets/formats/format.ts';
import type { DatasetManifest } from '../../datasets/manifest.ts';
import { sidecarFile } from '../../datasets/write-rows.ts';
import type { ExportSpec } from '../../domain/export-spec.ts';
import { readRecords } from '../../files/read-records.ts';
import { openFeedbackStore } from '../stores/feedback-stores.ts';
import { type ExportSource, openExport } from './open-export.ts';

/** A training set that was asked for, and what became of it. */
export interface Exported {
  readonly spec: ExportSpec;
  readonly outcome: ExportOutcome;
  /** Rows made of feedback, where there is a store that now knows of them. */
  readonly feedbackRows: number | null;
}

/** Builds a training set and records in the feedback store which events it contains, under the folder's display name. */
export async function buildExport(
  spec: ExportSpec,
  source: ExportSource,
  name: string,
  formats: readonly DatasetFormat[] = [],
): Promise<Exported> {
  const { exportDataset } = await import('../../datasets/export-dataset.ts');
  const outcome = await exportDataset(await openExport(spec, source, formats));
  const hasFeedback = spec.feedback.length + spec.gaps.length > 0;
  const feedbackRows =
    hasFeedback && outcome.status === 'written' ? await recordExport(spec, outcome.manifest, name) : null;
  return { spec, outcome, feedbackRows };
}

const batchSize = 1000;

/**
 * Records in the feedback store which events a dataset contains, from its sidecars, so that an erasure can name it.
 * @returns how many rows were made of feedback; null where there is no store.
 */
async function recordExport(
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
