import { InputError } from '../domain/errors.ts';
import { readJsonObject } from './read-json-object.ts';

export interface ManifestFacts {
  readonly file: string;
  readonly contentHash: string;
  /** The job that the preferences come from, where the manifest says so. */
  readonly job: string | null;
}

/** What a version's lineage takes from the manifest of a dataset that `quorate export` wrote. @throws InputError */
export async function readManifest(file: string): Promise<ManifestFacts> {
  const { content_hash: contentHash, origin } = await readJsonObject(file, hint);
  if (typeof contentHash !== 'string' || !/^[0-9a-f]{64}$/.test(contentHash)) {
    throw new InputError(file, null, '"content_hash" must be 64 hexadecimal digits', { hint });
  }
  const job = (origin as { readonly job?: unknown } | null | undefined)?.job;
  return { file, contentHash, job: typeof job === 'string' ? job : null };
}

const hint = 'name the manifest.json that quorate export wrote beside the data';
