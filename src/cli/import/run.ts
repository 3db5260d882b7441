import { resolve } from 'node:path';
import { importRecords } from '../../app/import/import-records.ts';
import { type ImportKind, loadRecordMap } from '../../app/import/record-map.ts';
import { raterKinds } from '../../domain/vote.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line, note } from '../io.ts';
import { choiceOption, pathsOf } from '../options.ts';
import { importText } from './text.ts';

export interface ImportFlags {
  readonly from?: string;
  readonly map?: string;
  readonly out: string;
  readonly rater?: string;
  readonly raterKind?: string;
  readonly json?: boolean;
}

export async function runImportRecords(
  io: CommandIo,
  kind: ImportKind,
  files: readonly string[],
  flags: ImportFlags,
): Promise<ExitCode> {
  const path = pathsOf(io);
  const out = path(flags.out);
  const report = await importRecords({
    kind,
    files: files.map(path),
    from: flags.from,
    map: flags.map === undefined ? undefined : await loadRecordMap(resolve(io.cwd, flags.map), kind),
    out,
    rater: flags.rater,
    raterKind:
      flags.raterKind === undefined ? undefined : choiceOption('--rater-kind', flags.raterKind, raterKinds),
  });
  for (const text of importText(report, { kind, out: flags.out, cwd: io.cwd })) note(io, text);
  if (flags.json === true) line(io, JSON.stringify(report, null, 2));
  return report.sources.some(({ problems }) => problems.length > 0) ? exitCodes.usage : exitCodes.ok;
}
