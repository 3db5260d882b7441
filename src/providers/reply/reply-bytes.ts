import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';

/** How large a reply may be, unpacked, where the job does not say. A verdict has a few kilobytes. */
export const defaultMaxReplyBytes = 8 * 1024 * 1024;

/** The reply is larger than allowed; what came of it is dropped. */
export class ReplyTooLarge extends Error {
  override readonly name = 'ReplyTooLarge';
}

interface ReplyBytesOptions {
  readonly maxBytes: number;
  /** The header `content-encoding`. */
  readonly encoding: string | undefined;
  /** Called once, while the reply is still coming, where it is too large or cannot be unpacked. */
  readonly onFailure: (error: Error) => void;
  /** Called when more may be added after `add` returned false. */
  readonly onDrain: () => void;
}

/**
 * Collects the bytes of a reply up to a limit, unpacking them as they come: a packed reply that would fill the memory
 * is noticed at the limit. Whether bytes are gzip is read from themselves, because proxies unpack and leave the header.
 */
export class ReplyBytes {
  readonly #options: ReplyBytesOptions;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  /** Undefined until the first bytes have come, null where they are not packed. */
  #packed: Packed | null | undefined;
  #failed = false;

  constructor(options: ReplyBytesOptions) {
    this.#options = options;
  }

  /** What was collected so far, unpacked. */
  get collected(): Buffer {
    return this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
  }

  /** @returns false where nothing more should be added before `onDrain`. */
  add(chunk: Buffer): boolean {
    if (this.#failed || chunk.length === 0) return true;
    if (this.#packed === undefined) this.#packed = this.#open(chunk);
    if (this.#failed) return true;
    if (this.#packed !== null) return this.#packed.first.write(chunk);
    this.#keep(chunk);
    return true;
  }

  /** Calls `done` with the whole reply once it is unpacked, at once where it was not packed. */
  end(done: (bytes: Buffer) => void): void {
    const packed = this.#packed;
    if (this.#failed) return;
    if (packed == null) {
      done(this.collected);
      return;
    }
    packed.last.once('end', () => {
      if (!this.#failed) done(this.collected);
    });
    packed.first.end();
  }

  /** Drops what was collected and stops unpacking. */
  destroy(): void {
    this.#failed = true;
    this.#packed?.destroy();
    this.#chunks.length = 0;
  }

  #keep(chunk: Buffer): void {
    if (this.#failed) return;
    this.#bytes += chunk.length;
    if (this.#bytes <= this.#options.maxBytes) {
      this.#chunks.push(chunk);
    } else {
      const { maxBytes } = this.#options;
      this.#fail(new ReplyTooLarge(`the reply is larger than ${maxBytes} bytes (max_reply_bytes)`));
    }
  }

  #fail(error: Error): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#options.onFailure(error);
    this.destroy();
  }

  #open(chunk: Buffer): Packed | null {
    const stages: Transform[] = [];
    try {
      for (const name of encodingsOf(this.#options.encoding, chunk)) {
        // what comes out of the first stage is not known yet
        const isRaw = name === 'deflate' && stages.length === 0 && !isZlib(chunk);
        stages.push(isRaw ? zlib.createInflateRaw() : unpacker(name));
      }
    } catch (error) {
      this.#fail(error as Error);
    }
    const [first] = stages;
    const last = stages.at(-1);
    if (first === undefined || last === undefined) return null;
    for (const [index, stage] of stages.entries()) {
      stage.on('error', (error) => this.#fail(error));
      if (index > 0) stages[index - 1]!.pipe(stage);
    }
    last.on('data', (unpacked: Buffer) => this.#keep(unpacked));
    first.on('drain', this.#options.onDrain);
    return { first, last, destroy: () => stages.forEach((stage) => void stage.destroy()) };
  }
}

interface Packed {
  readonly first: Transform;
  readonly last: Transform;
  destroy(): void;
}

/** More than that is an attack. */
const mostEncodings = 3;

/** In the order in which they are taken off. */
function encodingsOf(header: string | undefined, chunk: Buffer): readonly string[] {
  const named = (header ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim().replace(/^x-/, ''))
    .filter((name) => name !== '' && name !== 'identity' && name !== 'none')
    .reverse();
  if (named.length > mostEncodings) throw new Error(`the reply is packed ${named.length} times`);
  const isGzip = chunk[0] === 0x1f && (chunk.length === 1 || chunk[1] === 0x8b);
  if (named.length === 0) return isGzip ? ['gzip'] : [];
  return named[0] === 'gzip' && !isGzip ? named.slice(1) : named;
}

function unpacker(name: string): Transform {
  switch (name) {
    case 'gzip':
      return zlib.createGunzip();
    case 'br':
      return zlib.createBrotliDecompress();
    case 'deflate':
      return zlib.createInflate();
    case 'zstd':
      // since Node 22.15
      if ('createZstdDecompress' in zlib) return (zlib.createZstdDecompress as () => Transform)();
  }
  throw new Error(`the reply is packed as ${name.slice(0, 20)}, which cannot be unpacked here`);
}

/** Some servers send deflate without the header of zlib. */
function isZlib(chunk: Buffer): boolean {
  const [first = 0, second = 0] = chunk;
  return (first & 0x0f) === 8 && (chunk.length === 1 || ((first << 8) | second) % 31 === 0);
}
