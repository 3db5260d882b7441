import { InputError } from '../domain/errors.ts';
import { readBytes } from './read-bytes.ts';

/** A line of a text file. */
export interface Line {
  /** 1-based. */
  readonly number: number;
  readonly text: string;
}

/** Maximum length of a line in bytes; a longer one indicates a corrupt file. */
const maxLineBytes = 64 * 1024 * 1024;
const newline = 0x0a;

/**
 * Streams the non-empty lines of a text file; CRLF and a byte-order mark are accepted.
 * @param bytes default: those of the file, unpacked
 * @throws InputError for a corrupt or missing file, and, naming the line, for invalid UTF-8 and overlong lines
 */
export async function* readLines(
  file: string,
  bytes: AsyncIterable<Buffer> = readBytes(file),
): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let number = 0;

  const decode = (bytes: Buffer): Line | null => {
    number += 1;
    let text: string;
    try {
      text = decoder.decode(bytes);
    } catch (cause) {
      throw new InputError(file, number, 'invalid UTF-8', { cause, hint: 'save the file as UTF-8' });
    }
    if (number === 1 && text.startsWith('\uFEFF')) text = text.slice(1);
    if (text.endsWith('\r')) text = text.slice(0, -1);
    return text.trim() === '' ? null : { number, text };
  };

  for await (const chunk of bytes) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      const tail = chunk.subarray(start, end);
      const line = decode(pending.length === 0 ? tail : Buffer.concat([...pending, tail]));
      pending = [];
      pendingBytes = 0;
      start = end + 1;
      if (line !== null) yield line;
    }
    if (start < chunk.length) {
      pending.push(chunk.subarray(start));
      pendingBytes += chunk.length - start;
      if (pendingBytes > maxLineBytes) {
        throw new InputError(file, number + 1, 'a line of more than 64 MiB', {
          hint: 'is this a JSONL file?',
        });
      }
    }
  }
  if (pending.length > 0) {
    const line = decode(Buffer.concat(pending));
    if (line !== null) yield line;
  }
}

/** Reads a small text file as a whole, without empty lines. @throws InputError as `readLines` */
export async function readText(file: string): Promise<string> {
  const lines: string[] = [];
  for await (const { text } of readLines(file)) lines.push(text);
  return lines.join('\n');
}
