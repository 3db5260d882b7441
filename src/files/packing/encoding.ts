import { InputError } from '../../domain/errors.ts';

type Decoder = InstanceType<typeof TextDecoder>;

/** Converts UTF-16 (Excel's "Unicode text") to UTF-8; anything else passes unchanged. */
export async function* asUtf8(bytes: AsyncIterable<Buffer>, file: string): AsyncGenerator<Buffer> {
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
