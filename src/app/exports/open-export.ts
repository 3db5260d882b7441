import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportRequest } from '../../datasets/export-dataset.ts';
import type { DatasetFormat } from '../../datasets/formats/format.ts';
import { openRowThread } from '../../datasets/open-row-thread.ts';
import { promptText } from '../../datasets/splits/plan-splits.ts';
import type { Replaceable } from '../../datasets/target-folder.ts';
import { sidecarFile } from '../../datasets/write-rows.ts';
import { InputError } from '../../domain/errors.ts';
import type { ExportSpec, FormatName } from '../../domain/export-spec.ts';
import { readItems } from '../../files/items.ts';
import { readLines } from '../../files/read-lines.ts';
import { readRecords } from '../../files/read-records.ts';
import { version } from '../../files/version.ts';

/** What an export is made of besides what its spec names. */
export interface ExportSource {
  readonly preferences?: string;
  readonly items?: string;
  readonly replace: Replaceable;
  /** How the labels came about, for the card. */
  readonly origin: Readonly<Record<string, unknown>>;
}

/** The request that a spec stands for, be it of a command line or of a job. */
export async function openExport(
  spec: ExportSpec,
  source: ExportSource,
  formats: readonly DatasetFormat[] = [],
): Promise<ExportRequest> {
  const { shares, balanceLength, feedback, gaps, mix, benchmark } = spec;
  const { preferences, items } = source;
  const own = formats.find(({ name }) => name === spec.format);
  return {
    inputs: {
      ...(preferences !== undefined && { preferences }),
      ...(items !== undefined && { items }),
      improvements: feedback,
      gaps,
      mix,
    },
    out: spec.out,
    kind: spec.kind,
    format: own ?? (spec.format === 'trl-dpo' ? 'trl' : (spec.format as FormatName)),
    container: spec.container,
    replace: source.replace,
    splits: spec.splits,
    seed: spec.seed,
    minProbability: spec.minProbability,
    pii: spec.pii,
    allow: spec.allow,
    title: spec.title,
    license: spec.license,
    origin: source.origin,
    codeVersion: version,
    ...((shares !== null || balanceLength) && {
      sampling: { ...(shares !== null && { shares }), ...(balanceLength && { balanceLength }) },
    }),
    ...(benchmark.length > 0 && { benchmark: benchmarkTexts(benchmark) }),
    ...(spec.previous !== null && { previous: await previousSplits(spec.previous) }),
    // a function cannot cross to another thread
    ...(own === undefined && { openSink: openRowThread }),
  };
}

/** Prompts of JSONL files of items; other files are one text a line. */
async function* benchmarkTexts(files: readonly string[]): AsyncGenerator<string> {
  for (const file of files) {
    if (/\.jsonl(\.gz)?$/.test(file)) for await (const item of readItems(file)) yield promptText(item);
    else for await (const { text } of readLines(file)) yield text;
  }
}

/** Item -> split of an earlier export, from its sidecars. */
async function previousSplits(folder: string): Promise<ReadonlyMap<string, string>> {
  const manifest = await readJson(join(folder, 'manifest.json'));
  const splits = new Map<string, string>();
  for (const split of Object.keys((manifest.rows ?? {}) as object)) {
    for await (const { record } of readRecords(join(folder, sidecarFile(split))))
      splits.set(String(record.item), split);
  }
  return splits;
}

/** What a report says of how the labels came about; the lists of single pairs stay behind. */
export async function originOf(file: string): Promise<Readonly<Record<string, unknown>>> {
  const report = await readJson(file);
  const keys = [
    'panel',
    'rubric',
    'basis',
    'estimator',
    'labelled_pairs',
    'votes',
    'agreement',
    'calibration',
    'seed',
  ];
  return Object.fromEntries(keys.filter((key) => report[key] !== undefined).map((key) => [key, report[key]]));
}

async function readJson(file: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  } catch (cause) {
    throw new InputError(file, null, 'cannot be read as JSON', { cause });
  }
}
