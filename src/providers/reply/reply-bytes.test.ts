import * as zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ReplyBytes, ReplyTooLarge } from './reply-bytes.ts';

const text = JSON.stringify({ reply: 'A is clearer than B. '.repeat(50) });
const plain = Buffer.from(text);
const maxBytes = 1024 * 1024;

/** Adds the bytes in pieces, as a connection would, and waits where it is asked to. */
function receive(bytes: Buffer, encoding?: string, piece = 1000): Promise<string> {
  return new Promise((resolve, reject) => {
    let drained = () => {};
    let failed = false;
    const received = new ReplyBytes({
      maxBytes,
      encoding,
      onFailure: (error) => {
        failed = true;
        expect(received.collected.length).toBeLessThanOrEqual(maxBytes);
        reject(error);
      },
      onDrain: () => drained(),
    });
    const send = async () => {
      for (let at = 0; at < bytes.length && !failed; at += piece) {
        if (!received.add(bytes.subarray(at, at + piece)) && !failed) {
          await new Promise<void>((resume) => {
            drained = resume;
          });
        }
      }
      received.end((all) => resolve(all.toString()));
    };
    void send();
  });
}

describe('the bytes of a reply', () => {
  const gzip = zlib.gzipSync(plain);
  it.each<[string, Buffer, string | undefined]>([
    ['plain', plain, undefined],
    ['plain and called identity', plain, 'identity'],
    ['gzip', gzip, 'gzip'],
    ['GZIP', gzip, ' GZIP '],
    ['x-gzip', gzip, 'x-gzip'],
    ['gzip without a header', gzip, undefined],
    ['unpacked on the way', plain, 'gzip'],
    ['deflate', zlib.deflateSync(plain), 'deflate'],
    ['deflate without its own header', zlib.deflateRawSync(plain), 'deflate'],
    ['Brotli', zlib.brotliCompressSync(plain), 'br'],
    ['gzip twice', zlib.gzipSync(gzip), 'gzip, gzip'],
    ['Brotli, then gzip', zlib.gzipSync(zlib.brotliCompressSync(plain)), 'br, gzip'],
    ['deflate, then Brotli', zlib.brotliCompressSync(zlib.deflateSync(plain)), 'Deflate,BR'],
  ])('are read %s', async (_name, bytes, encoding) => {
    expect(await receive(bytes, encoding)).toBe(text);
    expect(await receive(bytes, encoding, 1e6)).toBe(text);
  });

  const large = Buffer.alloc(64 * 1024 * 1024, 32);
  it.each<[string, Buffer, string | undefined]>([
    ['plain', large, undefined],
    ['gzip', zlib.gzipSync(large), 'gzip'],
    ['deflate', zlib.deflateSync(large), 'deflate'],
    [
      'Brotli',
      zlib.brotliCompressSync(large, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } }),
      'br',
    ],
    ['gzip twice', zlib.gzipSync(zlib.gzipSync(large)), 'gzip, gzip'],
  ])('that would be 64 MB are refused at the limit: %s', async (_name, bytes, encoding) => {
    await expect(receive(bytes, encoding, 65_536)).rejects.toBeInstanceOf(ReplyTooLarge);
  });

  it.each<[string, Buffer, string]>([
    ['cut off', gzip.subarray(0, 30), 'gzip'],
    ['broken', Buffer.from([0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]), 'gzip'],
    ['packed in an unknown way', plain, 'compress'],
    ['packed too often', gzip, 'gzip, gzip, gzip, gzip'],
  ])('that are %s are named', async (_name, bytes, encoding) => {
    await expect(receive(bytes, encoding)).rejects.toThrow();
  });

  it('may be none', async () => {
    expect(await receive(Buffer.alloc(0), 'gzip')).toBe('');
  });
});
