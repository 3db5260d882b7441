/** Maps strings to indices 0, 1, 2 … in the order of first occurrence; a million ids of 36 characters take about 50 MB. */
export interface PackedStrings {
  readonly size: number;
  /** The index of a string, added if new. */
  add(text: string): number;
  /** The index of a string; -1 if unknown. */
  indexOf(text: string): number;
  text(index: number): string;
}

/** UTF-8 in one buffer with an open-addressing table: exact, without objects for the garbage collector. */
export function packStrings(): PackedStrings {
  let bytes = Buffer.allocUnsafe(1 << 16);
  let ends = new Float64Array(1 << 10);
  let slots = new Int32Array(1 << 11).fill(-1);
  let hashes = new Int32Array(1 << 10);
  let size = 0;
  const startOf = (index: number) => (index === 0 ? 0 : ends[index - 1]!);

  /** Appends the text. @returns its length in bytes */
  function scratch(text: string): number {
    const start = startOf(size);
    const room = text.length * 3;
    if (start + room > bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(bytes.length * 2, start + room));
      bytes.copy(larger, 0, 0, start);
      bytes = larger;
    }
    return bytes.write(text, start);
  }

  function find(text: string): { readonly slot: number; readonly hash: number; readonly end: number } {
    const start = startOf(size);
    const end = start + scratch(text);
    const hash = hashOf(text);
    for (let slot = hash & (slots.length - 1); ; slot = (slot + 1) & (slots.length - 1)) {
      const index = slots[slot]!;
      if (index === -1) return { slot, hash, end };
      if (hashes[index] === hash && bytes.compare(bytes, startOf(index), ends[index], start, end) === 0)
        return { slot, hash, end };
    }
  }

  function makeRoom(): void {
    if (size < ends.length) return;
    const [oldEnds, oldHashes] = [ends, hashes];
    ends = new Float64Array(size * 2);
    hashes = new Int32Array(size * 2);
    ends.set(oldEnds);
    hashes.set(oldHashes);
    slots = new Int32Array(size * 4).fill(-1);
    for (let index = 0; index < size; index += 1) {
      let slot = hashes[index]! & (slots.length - 1);
      while (slots[slot] !== -1) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = index;
    }
  }

  return {
    get size() {
      return size;
    },
    add(text) {
      makeRoom();
      const { slot, hash, end } = find(text);
      const known = slots[slot]!;
      if (known !== -1) return known;
      slots[slot] = size;
      hashes[size] = hash;
      ends[size] = end;
      size += 1;
      return size - 1;
    },
    indexOf: (text) => slots[find(text).slot]!,
    text: (index) => bytes.toString('utf8', startOf(index), ends[index]),
  };
}

/** FNV-1a over UTF-16 units with the murmur3 finaliser. */
function hashOf(text: string): number {
  let hash = 2166136261;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
