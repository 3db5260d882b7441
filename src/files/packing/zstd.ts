import { Decompress } from 'fzstd';
import { InputError } from '../../domain/errors.ts';
import { UnpackLimit } from './unpack-limit.ts';

/** Packed bytes given to the decoder at once: four of them may unpack to 128 KiB. */
const slice = 1024;
/** The largest window in bytes, which the decoder allocates; the default limit of the zstd command. */
const largestWindow = 128 * 1024 * 1024;

/** Unpacks Zstandard as a stream in bounded memory. @throws InputError for a corrupt, truncated or too large file */
export async function* unpackZstd(
  packed: AsyncIterable<Buffer>,
  file: string,
  limit = new UnpackLimit(file),
): AsyncGenerator<Buffer> {
  let unpacked: Buffer[] = [];
  let isWhole = false;
  const stream = new Decompress((data, final) => {
    limit.addUnpacked(data.length);
    unpacked.push(Buffer.from(data));
    if (final === true) isWhole = true;
  });
  const push = (chunk: Uint8Array, final: boolean): void => {
    try {
      stream.push(chunk, final);
    } catch (cause) {
      if (InputError.isInstance(cause)) throw cause;
      throw new InputError(file, null, 'is cut off or not a valid Zstandard file', {
        cause,
        hint: 'copy or download it again',
      });
    }
  };
  let isFirst = true;
  for await (const chunk of packed) {
    if (isFirst && windowOf(chunk) > largestWindow) {
      throw new InputError(file, null, 'needs a Zstandard window of more than 128 MiB', {
        hint: 'unpack it with zstd --long=31',
      });
    }
    isFirst = false;
    for (let at = 0; at < chunk.length; at += slice) {
      push(chunk.subarray(at, at + slice), false);
      yield* unpacked;
      unpacked = [];
    }
  }
  push(new Uint8Array(0), true);
  yield* unpacked;
  if (!isWhole) throw new InputError(file, null, 'the Zstandard file is cut off');
}

/** Bytes of the window by a frame's header (RFC 8878, 3.1.1.1); 0 where it cannot be known. */
function windowOf(head: Buffer): number {
  if (head.length < 18) return 0;
  const descriptor = head[4]!;
  const isSingleSegment = (descriptor & 0x20) !== 0;
  if (!isSingleSegment) {
    const base = 2 ** (10 + (head[5]! >> 3));
    return base + (base / 8) * (head[5]! & 7);
  }
  const at = 5 + [0, 1, 2, 4][descriptor & 3]!;
  const kind = descriptor >> 6;
  if (kind === 3) return Number(head.readBigUInt64LE(at));
  if (kind === 2) return head.readUInt32LE(at);
  return kind === 1 ? head.readUInt16LE(at) + 256 : head[at]!;
}
