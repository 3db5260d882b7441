import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { openFeedbackStore } from '../../../app/open-feedback-store.ts';
import { systemClock } from '../../../app/system-clock.ts';
import { loadFeedbackSettings, loadImportMap } from '../../../config/feedback/load-feedback-settings.ts';
import { ConfigError, InputError } from '../../../domain/errors.ts';
import { plainImportMap } from '../../../domain/import-map.ts';
import { type ImportReport, importFile, type RefusedLine } from '../../../feedback/import/import-file.ts';
import { importFormats } from '../../../feedback/import/mapper.ts';
import { readAuthorKeys } from '../../../feedback/intake/author-keys.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { type CommandIo, line, note } from '../../io.ts';

export interface ImportFlags {
  readonly format: string;
  readonly map?: string;
  readonly source?: string;
  readonly modelVersion?: string;
  readonly author?: string;
  readonly store: string;
  readonly settings?: string;
  readonly refused?: string;
  readonly json?: boolean;
}

/** How many refused lines are told one by one. */
const mostTold = 20;

export async function importEvents(
  io: CommandIo,
  files: readonly string[],
  flags: ImportFlags,
): Promise<ExitCode> {
  const format = importFormats.find((name) => name === flags.format) ?? null;
  if (format === null && flags.format !== 'auto') {
    throw new ConfigError(`--format must be auto, ${importFormats.join(', ')}, received "${flags.format}"`);
  }
  const keys = readAuthorKeys(io.env);
  const { intake: rules } = await loadFeedbackSettings(flags.settings, io.cwd);
  const map = flags.map === undefined ? plainImportMap : await loadImportMap(flags.map, io.cwd);
  const refusals = await openRefusals(io, flags.refused);
  const store = await openFeedbackStore(flags.store, io.cwd);
  const reports: ImportReport[] = [];
  let unread = false;
  try {
    for (const file of files) {
      try {
        const { source, modelVersion, author } = flags;
        const report = await importFile(resolve(io.cwd, file), {
          store,
          format: flags.map === undefined ? format : (format ?? 'generic'),
          map,
          intake: { rules, keys, nowMs: systemClock.now() },
          defaults: {
            ...(source !== undefined && { source }),
            ...(modelVersion !== undefined && { modelVersion }),
            ...(author !== undefined && { author }),
          },
          onRefused: refusals.add,
        });
        reports.push(report);
        if (flags.json !== true) for (const text of linesOf(file, report)) line(io, text);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        unread = true;
        note(io, `quorate: ${error.message}`);
        note(io, '  what stood before is stored; put the file right and import it again');
      }
    }
  } finally {
    await store.close();
    await refusals.close();
  }
  if (flags.json === true) line(io, JSON.stringify(reports, null, 2));
  return unread || reports.some(({ refused }) => Object.keys(refused).length > 0)
    ? exitCodes.usage
    : exitCodes.ok;
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

/** Says the first refused lines, and writes all of them where a file was named. */
async function openRefusals(io: CommandIo, name: string | undefined) {
  const path = name === undefined ? null : resolve(io.cwd, name);
  if (path !== null) await mkdir(dirname(path), { recursive: true });
  const stream = path === null ? null : createWriteStream(path);
  let told = 0;
  return {
    add(refused: RefusedLine): void {
      told += 1;
      if (told <= mostTold) note(io, `${refused.file}:${refused.line}: ${refused.reason}`);
      if (told === mostTold + 1) note(io, 'more lines were refused; --refused FILE writes all of them');
      stream?.write(`${JSON.stringify(refused)}\n`);
    },
    async close(): Promise<void> {
      if (stream === null) return;
      stream.end();
      await finished(stream);
    },
  };
}
