import { dirname, join, relative } from 'node:path';
import type { DatasetFormat } from '../datasets/formats/format.ts';
import type { Job } from '../domain/job.ts';
import type { Exported } from './exports/build-export.ts';
import { type RunReport, resultFiles } from './write-results.ts';

/** Builds the training sets that the job names, from the preferences just written. Earlier ones are replaced. */
export async function writeExports(
  job: Job,
  report: RunReport,
  formats: readonly DatasetFormat[] = [],
): Promise<readonly Exported[]> {
  if (job.exports.length === 0) return [];
  const { buildExport } = await import('./exports/build-export.ts');
  const source = {
    preferences: join(job.out, resultFiles.preferences),
    items: job.items,
    replace: 'exports' as const,
    origin: {
      job: job.name,
      has_llm_judge: report.has_llm_judge,
      raters: report.raters.map(({ rater }) => rater),
    },
  };
  const exported: Exported[] = [];
  for (const spec of job.exports)
    exported.push(await buildExport(spec, source, relative(dirname(job.file), spec.out), formats));
  return exported;
}
