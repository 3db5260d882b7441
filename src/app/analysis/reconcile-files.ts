import { readText } from '../../files/read-lines.ts';
import { writeJsonLines, writeText } from '../../files/write-lines.ts';
import { parseRaterModel } from '../../reconcile/estimate/rater-model.ts';
import { type ReconcileOptions, type Reconciliation, reconcile } from '../../reconcile/reconcile.ts';
import { openRecords, type RecordFiles } from './record-files.ts';

/** Files to reconcile, as absolute paths. */
export interface ReconcileFiles extends RecordFiles {
  /** Rater model of `calibrateOnFiles`, for votes without labels. */
  readonly raterModel?: string | undefined;
}

/**
 * Turns recorded votes into preferences, each with a probability.
 * @throws InputError for an unreadable record, ConfigError for a rater model of another kind
 */
export async function reconcileFiles(
  files: ReconcileFiles,
  options: Omit<ReconcileOptions, 'model'>,
): Promise<Reconciliation> {
  const { raterModel: file } = files;
  const model = file === undefined ? null : parseRaterModel(await readText(file), file);
  return reconcile(openRecords(files), { ...options, model });
}

/** Where the parts of a reconciliation go; what has no file is not written. `-` is standard output. */
export interface ReconciliationTargets {
  readonly preferences: string;
  readonly scores?: string | undefined;
  readonly report?: string | undefined;
}

export async function writeReconciliation(
  { preferences, scores, report }: Reconciliation,
  targets: ReconciliationTargets,
): Promise<void> {
  await writeJsonLines(targets.preferences, preferences);
  if (targets.scores !== undefined) await writeJsonLines(targets.scores, scores);
  if (targets.report !== undefined) await writeText(targets.report, [`${JSON.stringify(report, null, 2)}\n`]);
}
