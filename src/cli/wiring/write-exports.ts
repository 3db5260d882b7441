import { join } from 'node:path';
import type { ExportOutcome } from '../../datasets/export-dataset.ts';
import type { ExportSpec, Job } from '../../domain/job.ts';
import { version } from '../version.ts';
import { type RunReport, resultFiles } from './write-results.ts';

/** A training set that a job asked for, and what became of it. */
export interface Exported {
  readonly spec: ExportSpec;
  readonly outcome: ExportOutcome;
}

/** Builds the training files that the job names, from the preferences just written. Earlier ones are replaced. */
export async function writeExports(job: Job, report: RunReport): Promise<readonly Exported[]> {
  if (job.exports.length === 0) return [];
  const { exportDataset } = await import('../../datasets/export-dataset.ts');
  const exported: Exported[] = [];
  for (const spec of job.exports) {
    const outcome = await exportDataset({
      inputs: { preferences: join(job.out, resultFiles.preferences), items: job.items },
      out: spec.out,
      kind: 'preference',
      format: 'trl',
      container: 'jsonl',
      overwrite: true,
      splits: [{ name: 'train', share: 1 }],
      seed: job.seed,
      pii: 'redact',
      minProbability: 0.5,
      allow: [],
      title: `Preferences of ${job.name}`,
      license: 'other',
      origin: {
        job: job.name,
        llm_took_part: report.llm_took_part,
        raters: report.raters.map(({ rater }) => rater),
      },
      codeVersion: version,
    });
    exported.push({ spec, outcome });
  }
  return exported;
}
