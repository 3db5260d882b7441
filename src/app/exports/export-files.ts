import { resolve } from 'node:path';
import type { z } from 'zod';
import { asExportSpec, exportSchemaWith } from '../../config/job/export-schema.ts';
import { checkValue } from '../../config/yaml/check-value.ts';
import { pathText } from '../../config/yaml/document-path.ts';
import type { ExportOutcome } from '../../datasets/export-dataset.ts';
import type { DatasetFormat } from '../../datasets/formats/format.ts';
import { ConfigError } from '../../domain/errors.ts';
import { exportFormats } from '../../domain/export-spec.ts';
import { checkFormat } from '../check-parts.ts';
import { buildExport } from './build-export.ts';

type Written = z.input<ReturnType<typeof exportSchemaWith>>;

/**
 * An entry of a job's `export`, with the files that the rows are made of.
 * @example
 * const input: ExportInput = { preferences: 'preferences.jsonl', items: 'items.jsonl', format: 'trl', out: 'dpo' };
 */
export interface ExportInput extends Omit<Written, 'format'> {
  readonly preferences?: string;
  readonly items?: string;
  /** A shipped format by name, or one of your own. */
  readonly format?: string | DatasetFormat;
  /** Where relative paths start; default: the working directory. */
  readonly folder?: string;
}

/**
 * Builds a training set with its card, manifest and quality checks. A folder that an earlier export wrote is
 * replaced; any other content is refused.
 * @returns `status: 'refused'` where a MUST rule failed; nothing is written then.
 * @throws ConfigError that names the wrong member, InputError for an unreadable record.
 * @example
 * const { status, manifest } = await exportDataset({
 *   preferences: 'out/preferences.jsonl', items: 'items.jsonl', out: 'dpo', format: 'trl-dpo',
 * });
 */
export async function exportDataset(input: ExportInput): Promise<ExportOutcome> {
  if (typeof input !== 'object' || input === null) throw new ConfigError('exportDataset needs an object');
  const { preferences, items, folder = process.cwd(), format, ...rest } = input;
  const own = typeof format === 'object' ? format : null;
  if (own !== null) checkFormat(own, 'format');
  for (const [member, path] of Object.entries({ preferences, items })) {
    if (path !== undefined && typeof path !== 'string')
      throw new ConfigError(`${member} must be the path of a file`);
  }
  const names = own === null ? exportFormats : [...exportFormats, own.name];
  const written = { ...rest, ...(format === undefined ? {} : { format: own === null ? format : own.name }) };
  const checked = checkValue(written, exportSchemaWith(names), (path) => pathText(path) || 'the export');
  if (checked.status === 'invalid') {
    throw new ConfigError(
      `the export cannot be made: ${checked.findings.map(({ message }) => message).join('; ')}`,
    );
  }
  const at = (path: string) => resolve(folder, path);
  const spec = asExportSpec(checked.data, {
    out: at(checked.data.out),
    at,
    seed: 0,
    minProbability: 0.7,
    title: '',
  });
  const source = {
    ...(preferences === undefined ? {} : { preferences: at(preferences) }),
    ...(items === undefined ? {} : { items: at(items) }),
    replace: 'exports',
    origin: {},
  } as const;
  return (await buildExport(spec, source, checked.data.out, own === null ? [] : [own])).outcome;
}
