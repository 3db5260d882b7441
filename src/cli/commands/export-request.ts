import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { containerNames } from '../../datasets/containers/container.ts';
import { datasetKinds } from '../../datasets/example.ts';
import type { ExportRequest } from '../../datasets/export-dataset.ts';
import { formatNames } from '../../datasets/formats/index.ts';
import { piiPolicies } from '../../datasets/redact-examples.ts';
import { promptText, type SplitShare } from '../../datasets/splits/plan-splits.ts';
import { sidecarFile } from '../../datasets/write-rows.ts';
import { ConfigError, InputError } from '../../domain/errors.ts';
import { readItems } from '../../files/items.ts';
import { readLines } from '../../files/read-lines.ts';
import { readRecords } from '../../files/read-records.ts';
import { version } from '../version.ts';
import type { ExportFlags } from './export-flags.ts';

/** The request that the flags stand for. @throws ConfigError for a flag that means nothing. */
export async function exportRequest(flags: ExportFlags, cwd: string): Promise<ExportRequest> {
  const path = (file: string) => resolve(cwd, file);
  const minProbability = Number(flags.minProbability);
  if (!(minProbability >= 0.5 && minProbability <= 1)) {
    throw new ConfigError(`--min-probability must be in [0.5, 1], received "${flags.minProbability}"`);
  }
  const seed = Number(flags.seed);
  if (!Number.isSafeInteger(seed))
    throw new ConfigError(`--seed must be a whole number, received "${flags.seed}"`);
  return {
    inputs: {
      ...(flags.preferences && { preferences: path(flags.preferences) }),
      ...(flags.items && { items: path(flags.items) }),
      ...(flags.feedback && { improvements: flags.feedback.map(path) }),
      ...(flags.gaps && { gaps: flags.gaps.map(path) }),
      ...(flags.mix && { mix: flags.mix.map(path) }),
    },
    out: path(flags.out),
    kind: choice('--kind', flags.kind, datasetKinds),
    format: choice('--format', flags.format, formatNames),
    container: choice('--container', flags.container, containerNames),
    overwrite: flags.overwrite === true,
    splits: namedShares('--splits', flags.splits, 'train=0.9,validation=0.05,test=0.05'),
    seed,
    minProbability,
    pii: choice('--pii', flags.pii, piiPolicies),
    allow: flags.allow ?? [],
    title: flags.title,
    license: flags.license,
    origin: flags.report === undefined ? {} : await originOf(path(flags.report)),
    codeVersion: version,
    ...((flags.shares || flags.balanceLength) && {
      sampling: {
        ...(flags.shares && { shares: sourceShares(flags.shares) }),
        ...(flags.balanceLength && { balanceLength: true }),
      },
    }),
    ...(flags.benchmark && { benchmark: benchmarkTexts(flags.benchmark.map(path)) }),
    ...(flags.previous && { previous: await previousSplits(path(flags.previous)) }),
  };
}

function choice<const T extends string>(flag: string, value: string, choices: readonly T[]): T {
  const found = choices.find((name) => name === value);
  if (found === undefined)
    throw new ConfigError(`${flag} must be one of ${choices.join(', ')}, received "${value}"`);
  return found;
}

/** `train=0.9,test=0.1`; shares add up to 1. */
function namedShares(flag: string, text: string, example: string): readonly SplitShare[] {
  const shares = text.split(',').map((part) => {
    const [name = '', share = ''] = part.split('=').map((piece) => piece.trim());
    return { name, share: Number(share) };
  });
  const valid = shares.every(({ name, share }) => /^[a-z0-9_]+$/.test(name) && share > 0 && share <= 1);
  const sum = shares.reduce((total, { share }) => total + share, 0);
  if (!valid || Math.abs(sum - 1) > 1e-9 || new Set(shares.map(({ name }) => name)).size < shares.length) {
    throw new ConfigError(`${flag} must be names with shares that add up to 1, received "${text}"`, [], {
      hint: `for example ${flag} ${example}`,
    });
  }
  return shares;
}

const sources = ['human', 'ai', 'mixed', 'public'] as const;

function sourceShares(text: string): Partial<Record<(typeof sources)[number], number>> {
  const shares = namedShares('--shares', text, 'human=0.5,ai=0.3,public=0.2');
  return Object.fromEntries(shares.map(({ name, share }) => [choice('--shares', name, sources), share]));
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
async function originOf(file: string): Promise<Readonly<Record<string, unknown>>> {
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
