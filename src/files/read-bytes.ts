import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { InputError } from '../domain/errors.ts';

/**
 * Streams the bytes of a file; `.gz` is decompressed, `-` is standard input.
 * @throws InputError for a corrupt or missing file
 */
export async function* readBytes(file: string): AsyncGenerator<Buffer> {
  const source = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 1 << 18 });
  const gunzip = file.endsWith('.gz') ? createGunzip({ chunkSize: 1 << 18 }) : null;
  try {
    if (gunzip === null) {
      yield* source as AsyncIterable<Buffer>;
    } else {
      source.on('error', (error: Error) => gunzip.destroy(error));
      yield* source.pipe(gunzip) as AsyncIterable<Buffer>;
    }
  } catch (cause) {
    throw unreadable(file, cause);
  } finally {
    source.destroy();
    gunzip?.destroy();
  }
}

/** Streams the text of a file without a byte-order mark. @throws InputError as `readBytes`, and for invalid UTF-8 */
export async function* readTextPieces(file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  const decode = (bytes?: Buffer): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch (cause) {
      throw new InputError(file, null, `invalid UTF-8 after line ${line}`, {
        cause,
        hint: 'save the file as UTF-8',
      });
    }
  };
  for await (const bytes of readBytes(file)) {
    const text = decode(bytes);
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) line += 1;
    yield text;
  }
  yield decode();
}

function unreadable(file: string, cause: unknown): unknown {
  const code = (cause as NodeJS.ErrnoException | null)?.code ?? '';
  if (code === 'ENOENT') return new InputError(file, null, 'no such file', { cause });
  if (code === 'EISDIR') return new InputError(file, null, 'is a folder, not a file', { cause });
  if (code === 'EACCES')
    return new InputError(file, null, 'may not be read', { cause, hint: 'check its permissions' });
  if (code === 'Z_BUF_ERROR') {
    return new InputError(file, null, 'the gzip file is cut off', {
      cause,
      hint: 'copy or download it again',
    });
  }
  if (code.startsWith('Z_')) return new InputError(file, null, 'is not a valid gzip file', { cause });
  return cause;
}
