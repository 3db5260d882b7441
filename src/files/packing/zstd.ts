import { Decompress } from 'fzstd';
import { InputError } from '../../domain/errors.ts';

/** Unpacks Zstandard as a stream. @throws InputError for a corrupt or truncated file */
export async function* unpackZstd(packed: AsyncIterable<Buffer>, file: string): AsyncGenerator<Buffer> {
  let unpacked: Buffer[] = [];
  let isWhole = false;
  const stream = new Decompress((data, final) => {
    unpacked.push(Buffer.from(data));
    if (final === true) isWhole = true;
  });
  const push = (chunk: Uint8Array, final: boolean): void => {
    try {
      stream.push(chunk, final);
    } catch (cause) {
      throw new InputError(file, null, 'is cut off or not a valid Zstandard file', {
        cause,
        hint: 'copy or download it again',
      });
    }
  };
  for await (const chunk of packed) {
    push(chunk, false);
    yield* unpacked;
    unpacked = [];
  }
  push(new Uint8Array(0), true);
  yield* unpacked;
  if (!isWhole) throw new InputError(file, null, 'the Zstandard file is cut off');
}
