import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { QualityResult } from './quality/check.ts';

export interface HashedFile {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Inputs and options of a dataset; sufficient to reproduce it and to distinguish two datasets. */
export interface DatasetManifest {
  readonly manifest_version: 1;
  /** Over the data files' names and hashes: equal data, equal hash. */
  readonly content_hash: string;
  readonly kind: string;
  readonly format: string;
  readonly container: string;
  readonly rows: Readonly<Record<string, number>>;
  readonly refused: Readonly<Record<string, number>>;
  readonly files: readonly HashedFile[];
  readonly inputs: readonly HashedFile[];
  readonly settings: Readonly<Record<string, unknown>>;
  /** Panel, rubric, rater models and calibration, as the run or reconcile report gives them. */
  readonly origin: Readonly<Record<string, unknown>>;
  /** MUST rules that failed and were overridden by name. */
  readonly overridden: readonly string[];
  readonly quality: readonly QualityResult[];
  readonly code_version: string;
}

export async function hashFile(path: string): Promise<HashedFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(createReadStream(path), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      hash.update(chunk);
    }
  });
  return { file: basename(path), sha256: hash.digest('hex'), bytes };
}

export function contentHash(files: readonly HashedFile[]): string {
  const lines = files.map((file) => `${file.file} ${file.sha256}\n`).sort();
  return createHash('sha256').update(lines.join('')).digest('hex');
}
