import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

const batchCharacters = 1 << 16;

/** Streams records to a JSONL file; `.gz` is compressed, `-` is standard output. @returns how many were written */
export async function writeJsonLines(
  file: string,
  records: AsyncIterable<unknown> | Iterable<unknown>,
): Promise<number> {
  let count = 0;
  async function* lines(): AsyncGenerator<string> {
    for await (const record of records) {
      count += 1;
      yield `${JSON.stringify(record)}\n`;
    }
  }
  await writeText(file, lines());
  return count;
}

/**
 * Writes a file atomically: to a temporary file in the same folder, synced, then renamed. After an error the previous
 * file is unchanged.
 */
export async function writeText(
  file: string,
  parts: AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  if (file === '-') {
    for await (const batch of batched(parts)) await writeToStdout(batch);
    return;
  }
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const sink: WriteStream = createWriteStream(temporary);
    const source = Readable.from(batched(parts), { objectMode: true });
    // Node's gzip writes mtime 0, so equal content gives equal bytes
    if (file.endsWith('.gz')) await pipeline(source, createGzip(), sink);
    else await pipeline(source, sink);
    const handle = await open(temporary, 'r+');
    await handle.sync();
    await handle.close();
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function* batched(parts: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string> {
  let batch = '';
  for await (const part of parts) {
    batch += part;
    if (batch.length >= batchCharacters) {
      yield batch;
      batch = '';
    }
  }
  if (batch !== '') yield batch;
}

function writeToStdout(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
