import { describe, expect, it } from 'vitest';
import { UnpackLimit } from './unpack-limit.ts';
import { unpackZstd } from './zstd.ts';

const mebibyte = 1024 * 1024;

describe('a packed file', () => {
  it.each([
    [1, 256 * mebibyte],
    [8 * mebibyte, 2000 * mebibyte],
  ])('of %d bytes may unpack to %d', (packed, unpacked) => {
    const limit = new UnpackLimit('a.gz');
    limit.addPacked(packed);
    expect(() => limit.addUnpacked(unpacked)).not.toThrow();
  });

  it.each([
    [1, 256 * mebibyte + 1],
    [8 * mebibyte, 2000 * mebibyte + 1],
  ])('of %d bytes may not unpack to %d', (packed, unpacked) => {
    const limit = new UnpackLimit('a.gz');
    limit.addPacked(packed);
    expect(() => limit.addUnpacked(unpacked)).toThrow('a.gz: unpacks to more than 250 times its size');
  });
});

describe('Zstandard', () => {
  const magic = [0x28, 0xb5, 0x2f, 0xfd];
  async function unpack(bytes: readonly number[]) {
    async function* packed() {
      yield Buffer.from(bytes);
    }
    for await (const _ of unpackZstd(packed(), 'a.zst'));
  }

  it.each([
    ['a window of 1 GiB', [...magic, 0x00, 20 << 3, ...new Array<number>(12).fill(0)]],
    ['one segment of 2 GiB', [...magic, 0xa0, 0, 0, 0, 0x7f, ...new Array<number>(12).fill(0)]],
  ])('is refused with %s before memory is taken for it', async (_what, bytes) => {
    await expect(unpack(bytes)).rejects.toThrow('window of more than 128 MiB');
  });

  it('is refused where run-length blocks unpack to far more than they hold', async () => {
    // blocks of 128 KiB in four bytes each
    const block = [0x02, 0x00, 0x10, 0x61];
    const bytes = [...magic, 0x00, 0x38, ...Array.from({ length: 2100 }, () => block).flat()];
    await expect(unpack(bytes)).rejects.toThrow('unpacks to more than 250 times its size');
  });
});
