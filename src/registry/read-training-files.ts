import { readFile } from 'node:fs/promises';
import { InputError } from '../domain/errors.ts';

/** The part of a dataset manifest that a lineage records. */
export interface ManifestFacts {
  readonly file: string;
  readonly contentHash: string;
  /** The job that produced the preferences; null if the manifest names none. */
  readonly job: string | null;
}

/** Reads the lineage facts from the manifest of a dataset that `quorate export` wrote. @throws InputError */
export async function readManifest(file: string): Promise<ManifestFacts> {
  const { content_hash: contentHash, origin } = await readJsonObject(file, hint);
  if (typeof contentHash !== 'string' || !/^[0-9a-f]{64}$/.test(contentHash)) {
    throw new InputError(file, null, '"content_hash" must be 64 hexadecimal digits', { hint });
  }
  const job = (origin as { readonly job?: unknown } | null | undefined)?.job;
  return { file, contentHash, job: typeof job === 'string' ? job : null };
}

const hint = 'name the manifest.json that quorate export wrote beside the data';

/** @throws InputError when the file cannot be read as a JSON object */
export async function readJsonObject(file: string, hint: string): Promise<Readonly<Record<string, unknown>>> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const what = missing ? 'no such file' : `not valid JSON: ${(cause as Error).message.slice(0, 120)}`;
    throw new InputError(file, null, what, { cause, hint });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InputError(file, null, 'must be a JSON object', { hint });
  return value as Readonly<Record<string, unknown>>;
}

/**
 * The finite numbers of a metrics file, nested ones by dotted path; other values are ignored.
 * @throws InputError if the file is not a JSON object
 */
export async function readMetrics(file: string): Promise<Readonly<Record<string, number>>> {
  const hint = 'metrics are a JSON object with numbers, for example {"eval_loss": 0.41}';
  return Object.fromEntries(numbersOf(await readJsonObject(file, hint)));
}

function numbersOf(value: object, prefix = ''): [string, number][] {
  return Object.entries(value).flatMap(([key, inner]): [string, number][] => {
    if (typeof inner === 'number' && Number.isFinite(inner)) return [[`${prefix}${key}`, inner]];
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return [];
    return numbersOf(inner, `${prefix}${key}.`);
  });
}
