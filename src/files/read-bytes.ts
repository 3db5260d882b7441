import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { InputError } from '../domain/errors.ts';
import { isParquet, packingOf } from './packing/packing.ts';
import { UnpackLimit } from './packing/unpack-limit.ts';

type Bytes = AsyncIterable<Buffer>;

/**
 * Streams the bytes of a text file in UTF-8. Gzip, Zstandard and a zip of one file are unpacked and UTF-16 is
 * converted, recognised by their first bytes; `-` is standard input. What unpacks to more
 * than 256 MiB may be at most 250 times as large as the file.
 * @throws InputError for a corrupt, missing or binary file, and one beyond that limit
 */
export async function* readBytes(file: string): AsyncGenerator<Buffer> {
  const source = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 1 << 18 });
  try {
    const { head, all } = await peek(source as Bytes);
    yield* asUtf8(await unpacked(file, head, all), file);
  } catch (cause) {
    throw unreadable(file, cause);
  } finally {
    source.destroy();
  }
}

async function unpacked(file: string, head: Buffer, all: Bytes): Promise<Bytes> {
  if (isParquet(head)) {
    throw new InputError(file, null, 'is a Parquet file, which this command does not read', {
      hint: 'quorate import items, votes or labels read it',
    });
  }
  const limit = new UnpackLimit(file);
  switch (packingOf(file, head)) {
    case 'gzip':
      return limit.unpacked(gunzipped(limit.packed(all)));
    case 'zstd':
      return (await import('./packing/zstd.ts')).unpackZstd(limit.packed(all), file, limit);
    case 'zip':
      return (await import('./packing/zip.ts')).readZip(file);
    case null:
      return all;
  }
}

async function* gunzipped(packed: Bytes): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 1 << 18 });
  const source = Readable.from(packed);
  try {
    source.on('error', (error: Error) => gunzip.destroy(error));
    yield* source.pipe(gunzip) as Bytes;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

/** The first chunk, and all of them. */
async function peek(source: Bytes): Promise<{ readonly head: Buffer; readonly all: Bytes }> {
  const chunks = source[Symbol.asyncIterator]();
  const first = await chunks.next();
  async function* all(): AsyncGenerator<Buffer> {
    for (let next = first; next.done !== true; next = await chunks.next()) yield next.value;
  }
  return { head: first.done === true ? Buffer.alloc(0) : first.value, all: all() };
}

/**
 * Streams a text without a byte-order mark. @param bytes default: those of the file
 * @throws InputError as `readBytes`, and for invalid UTF-8
 */
export async function* readTextPieces(file: string, bytes: Bytes = readBytes(file)): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  const decode = (chunk?: Buffer): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch (cause) {
      throw new InputError(file, null, `invalid UTF-8 after line ${line}`, {
        cause,
        hint: 'save the file as UTF-8',
      });
    }
  };
  for await (const chunk of bytes) {
    const text = decode(chunk);
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

type Decoder = InstanceType<typeof TextDecoder>;

/** Converts UTF-16 (Excel's "Unicode text") to UTF-8; anything else passes unchanged. */
async function* asUtf8(bytes: AsyncIterable<Buffer>, file: string): AsyncGenerator<Buffer> {
  let decoder: Decoder | null | undefined;
  for await (const chunk of bytes) {
    if (decoder === undefined) {
      const encoding = utf16Of(chunk);
      decoder = encoding === null ? null : new TextDecoder(encoding, { fatal: true });
    }
    yield decoder === null ? chunk : converted(decoder, file, chunk);
  }
  if (decoder) yield converted(decoder, file);
}

/** UTF-16 by its byte-order mark, or by the zero bytes of a text that begins in ASCII. */
function utf16Of(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  const [first, second, third, fourth] = head;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (head.length < 4) return null;
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0) return 'utf-16le';
  return first === 0 && second !== 0 && third === 0 && fourth !== 0 ? 'utf-16be' : null;
}

function converted(decoder: Decoder, file: string, chunk?: Buffer): Buffer {
  try {
    return Buffer.from(chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true }));
  } catch (cause) {
    throw new InputError(file, null, 'invalid UTF-16', { cause, hint: 'save the file as UTF-8' });
  }
}
