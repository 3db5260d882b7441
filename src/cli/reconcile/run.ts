import { dirname, join } from 'node:path';
import { reconcileFiles, writeReconciliation } from '../../app/analysis/reconcile-files.ts';
import { ConfigError } from '../../domain/errors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line, note } from '../io.ts';
import { pathsOf } from '../options.ts';
import { type ReconcileFlags, reconcileOptionsOf, recordFilesOf } from './flags.ts';
import { reconciliationLines } from './text.ts';

export interface ReconcileCommandFlags extends ReconcileFlags {
  readonly out: string;
  readonly scores?: string;
  readonly report?: string;
  readonly raterModel?: string;
  readonly json?: boolean;
}

export async function runReconcile(io: CommandIo, flags: ReconcileCommandFlags): Promise<ExitCode> {
  const { out, json, report, raterModel } = flags;
  if (json === true && out === '-') {
    throw new ConfigError('--json prints the report on standard output', [], {
      hint: 'name a file for the preferences: --out preferences.jsonl',
    });
  }
  const path = pathsOf(io);
  const files = { ...recordFilesOf(io, flags), raterModel: raterModel && path(raterModel) };
  const result = await reconcileFiles(files, reconcileOptionsOf(flags));
  const scores = scoresFile(flags, path, result.scores.length);
  await writeReconciliation(result, { preferences: path(out), scores, report: report && path(report) });
  const pointwise = `${result.scores.length} pointwise candidate scores`;
  if (scores !== undefined) note(io, `${pointwise}: ${scores}`);
  else if (result.scores.length > 0) note(io, `${pointwise} were not written: name a file with --scores`);
  if (json === true) line(io, JSON.stringify(result.report, null, 2));
  for (const text of reconciliationLines(result.preferences.length, result.report)) note(io, text);
  return exitCodes.ok;
}

/** The file asked for, or one beside the preferences if there is anything to write. */
function scoresFile(
  { scores, out }: ReconcileCommandFlags,
  path: (file: string) => string,
  count: number,
): string | undefined {
  if (scores !== undefined) return path(scores);
  return out === '-' || count === 0 ? undefined : join(dirname(path(out)), 'scores.jsonl');
}
