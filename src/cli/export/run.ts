import { buildExport } from '../../app/exports/build-export.ts';
import { originOf } from '../../app/exports/open-export.ts';
import { compareDatasets } from '../../datasets/compare-datasets.ts';
import type { DatasetManifest } from '../../datasets/manifest.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line, note } from '../io.ts';
import { pathsOf } from '../options.ts';
import { type ExportFlags, exportSpecOfFlags } from './export-spec-of-flags.ts';

/** `quorate export`. */
export async function runExport(io: CommandIo, flags: ExportFlags): Promise<ExitCode> {
  const at = pathsOf(io);
  const { preferences, items, reconciliation, overwrite } = flags;
  const spec = exportSpecOfFlags(flags, at);
  const source = {
    ...(preferences && { preferences: at(preferences) }),
    ...(items && { items: at(items) }),
    replace: overwrite === true ? ('anything' as const) : ('nothing' as const),
    origin: reconciliation === undefined ? {} : await originOf(at(reconciliation)),
  };
  const { outcome, feedbackRows } = await buildExport(spec, source, flags.out);
  const { manifest } = outcome;
  if (flags.json === true) line(io, JSON.stringify(manifest, null, 2));
  for (const text of manifestLines(manifest)) note(io, text);
  if (outcome.status === 'refused') {
    const { failed } = outcome;
    note(
      io,
      `Nothing was written: ${failed.join(', ')} failed. To export anyway: --allow ${failed.join(' ')}`,
    );
    return exitCodes.negative;
  }
  const rows = Object.entries(manifest.rows).map(([split, count]) => `${split} ${count}`);
  note(io, `${flags.out}: ${rows.join(', ') || 'no rows'} (${manifest.format}, ${manifest.container})`);
  if (feedbackRows !== null && feedbackRows > 0)
    note(io, `${feedbackRows} rows from feedback; ${flags.feedbackStore} records their events`);
  if (flags.diff !== undefined) {
    const difference = await compareDatasets(at(flags.diff), spec.out);
    const { added, removed, flipped, moved } = difference;
    if (flags.json !== true) line(io, JSON.stringify(difference, null, 2));
    note(io, `since ${flags.diff}: ${added} added, ${removed} removed, ${flipped} flipped, ${moved} moved`);
  }
  return exitCodes.ok;
}

/** The quality checks that did not pass and the rows that were left out. */
function manifestLines({ quality, refused }: DatasetManifest): string[] {
  return [
    ...quality
      .filter(({ status }) => status !== 'pass')
      .map(({ level, check, status, message }) => `${level} ${check}: ${status}: ${message}`),
    ...Object.entries(refused).map(([reason, count]) => `left out: ${count} ${reason}`),
  ];
}
