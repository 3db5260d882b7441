import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

const longestLine = 400;

/** Reads the lines that were appended to a file since the last call, safe to print on a terminal. */
export class LogFollower {
  readonly #file: string;
  readonly #decoder = new StringDecoder('utf8');
  #offset: number;
  #rest = '';

  /** @param offset bytes to skip */
  constructor(file: string, offset = 0) {
    this.#file = file;
    this.#offset = offset;
  }

  lines(): readonly string[] {
    const parts = (this.#rest + this.#read()).split(/\r?\n|\r/);
    this.#rest = parts.pop()!.slice(-longestLine);
    return parts.filter((part) => part !== '').map(shown);
  }

  #read(): string {
    let descriptor: number;
    try {
      descriptor = openSync(this.#file, 'r');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw error;
    }
    try {
      const chunk = Buffer.alloc(1 << 16);
      let text = '';
      for (;;) {
        const count = readSync(descriptor, chunk, 0, chunk.length, this.#offset);
        if (count === 0) return text;
        this.#offset += count;
        text += this.#decoder.write(chunk.subarray(0, count));
      }
    } finally {
      closeSync(descriptor);
    }
  }
}

/** Replaces control characters, which could manipulate a terminal. */
function shown(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern removes them
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\ufffd').slice(0, longestLine);
}
