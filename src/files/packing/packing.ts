/** How the bytes of a file are packed. */
export type Packing = 'gzip' | 'zstd' | 'zip';

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, index) => bytes[index] === byte);

/** Recognised by the first bytes, since names lie; a name that ends in `.gz` is held to its word. */
export function packingOf(name: string, head: Uint8Array): Packing | null {
  if (startsWith(head, [0x1f, 0x8b]) || name.endsWith('.gz')) return 'gzip';
  if (startsWith(head, [0x28, 0xb5, 0x2f, 0xfd])) return 'zstd';
  // an archive without files begins with its directory
  const isZip = startsWith(head, [0x50, 0x4b, 0x03, 0x04]) || startsWith(head, [0x50, 0x4b, 0x05, 0x06]);
  return isZip ? 'zip' : null;
}

/** Does a file begin as Parquet files do? */
export function isParquet(head: Uint8Array): boolean {
  return startsWith(head, [0x50, 0x41, 0x52, 0x31]);
}
