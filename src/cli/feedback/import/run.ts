import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { importFeedback } from '../../../app/feedback/import-feedback.ts';
import { loadFeedbackSettings, loadImportMap } from '../../../config/feedback/load-feedback-settings.ts';
import { ConfigError } from '../../../domain/errors.ts';
import { plainImportMap } from '../../../domain/import-map.ts';
import type { ImportReport, RefusedLine } from '../../../feedback/import/import-file.ts';
import { type ImportFormat, importFormats } from '../../../feedback/import/mapper.ts';
import { contextOf } from '../../app-context.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { type CommandIo, line, note } from '../../io.ts';
import type { SettingsFlags } from '../options.ts';

export interface ImportFlags extends SettingsFlags {
  readonly format: string;
  readonly map?: string;
  readonly source?: string;
  readonly modelVersion?: string;
  readonly author?: string;
  readonly store: string;
  readonly refused?: string;
  readonly json?: boolean;
}

/** How many refused lines are printed. */
const mostPrinted = 20;

export async function runImport(
  io: CommandIo,
  files: readonly string[],
  flags: ImportFlags,
): Promise<ExitCode> {
  const { source, modelVersion, author } = flags;
  const format = formatOf(flags);
  const { intake: rules } = await loadFeedbackSettings(flags.settings, io.cwd);
  const map = flags.map === undefined ? plainImportMap : await loadImportMap(flags.map, io.cwd);
  const refusals = await openRefusals(io, flags.refused);
  const reports: ImportReport[] = [];
  let complete = true;
  try {
    const request = {
      files: files.map((file) => resolve(io.cwd, file)),
      store: resolve(io.cwd, flags.store),
      format: flags.map === undefined ? format : (format ?? 'generic'),
      map,
      rules,
      defaults: {
        ...(source !== undefined && { source }),
        ...(modelVersion !== undefined && { modelVersion }),
        ...(author !== undefined && { author }),
      },
      onRefused: refusals.add,
    };
    let index = 0;
    for await (const imported of importFeedback(request, contextOf(io))) {
      const name = files[index++]!;
      if (imported.status === 'unreadable') {
        complete = false;
        note(io, `quorate: ${imported.error.message}`);
        note(io, '  the records before this place are stored; correct the file and import it again');
        continue;
      }
      const { report } = imported;
      reports.push(report);
      if (Object.keys(report.refused).length > 0) complete = false;
      if (flags.json !== true) for (const text of linesOf(name, report)) line(io, text);
    }
  } finally {
    await refusals.close();
  }
  if (flags.json === true) line(io, JSON.stringify(reports, null, 2));
  return complete ? exitCodes.ok : exitCodes.usage;
}

function formatOf({ format: name }: ImportFlags): ImportFormat | null {
  const format = importFormats.find((known) => known === name) ?? null;
  if (format !== null || name === 'auto') return format;
  throw new ConfigError(`--format must be auto, ${importFormats.join(', ')}, received "${name}"`);
}

function linesOf(file: string, report: ImportReport): string[] {
  const counted = (counts: Readonly<Record<string, number>>, what: string) =>
    Object.entries(counts).map(([reason, count]) => `  ${what} ${count}: ${reason}`);
  return [
    `${file} (${report.format}): ${report.lines} lines, ${report.stored} events stored, ${report.repeated} repeated, ${report.interactions} interactions stored`,
    ...counted(report.skipped, 'left out'),
    ...counted(report.refused, 'refused'),
  ];
}

/** Prints the first refused lines, and writes all of them where a file was named. */
async function openRefusals(io: CommandIo, name: string | undefined) {
  const path = name === undefined ? null : resolve(io.cwd, name);
  if (path !== null) await mkdir(dirname(path), { recursive: true });
  const stream = path === null ? null : createWriteStream(path);
  let count = 0;
  return {
    add(refused: RefusedLine): void {
      count += 1;
      if (count <= mostPrinted) note(io, `${refused.file}:${refused.line}: ${refused.reason}`);
      if (count === mostPrinted + 1) note(io, 'more lines were refused; --refused FILE writes all of them');
      stream?.write(`${JSON.stringify(refused)}\n`);
    },
    async close(): Promise<void> {
      if (stream === null) return;
      stream.end();
      await finished(stream);
    },
  };
}
