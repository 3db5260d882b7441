import { InputError } from '../../domain/errors.ts';

/** What a small packed file may unpack to, whatever its ratio, in bytes. */
const alwaysAllowed = 256 * 1024 * 1024;
/** Beyond that, unpacked bytes for each packed byte. Repetitive JSONL reaches 100, gzip at most 1032. */
const mostTimes = 250;

/** Passes unpacked bytes on up to a bound on their ratio to the packed bytes. @throws InputError beyond it */
export class UnpackLimit {
  readonly #file: string;
  #packed = 0;
  #unpacked = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** Counts packed bytes as they are read. */
  async *packed(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of bytes) {
      this.addPacked(chunk.length);
      yield chunk;
    }
  }

  addPacked(bytes: number): void {
    this.#packed += bytes;
  }

  addUnpacked(bytes: number): void {
    this.#unpacked += bytes;
    if (this.#unpacked > alwaysAllowed && this.#unpacked > mostTimes * this.#packed) {
      throw new InputError(this.#file, null, `unpacks to more than ${mostTimes} times its size`, {
        hint: 'if that is right, unpack it and name the unpacked file',
      });
    }
  }

  async *unpacked(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of bytes) {
      this.addUnpacked(chunk.length);
      yield chunk;
    }
  }
}
