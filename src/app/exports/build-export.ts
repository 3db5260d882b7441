import type { ExportOutcome } from '../../datasets/export-dataset.ts';
import type { DatasetFormat } from '../../datasets/formats/format.ts';
import type { ExportSpec } from '../../domain/export-spec.ts';
import { type ExportSource, openExport } from './open-export.ts';
import { recordExport } from './record-export.ts';

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
