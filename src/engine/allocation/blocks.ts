/** Smallest and largest block; sizes double in between, so that learning starts early without lowering throughput. */
const smallest = 8;
const largest = 64;

/** Number and first item of the block that an item belongs to: 8, 8, 16, 16, 32, 32, then 64 each. */
export function blockOf(index: number): { readonly number: number; readonly start: number } {
  let number = 0;
  let start = 0;
  for (let size = smallest; size < largest; size *= 2) {
    for (let repeat = 0; repeat < 2; repeat += 1) {
      if (index < start + size) return { number, start };
      start += size;
      number += 1;
    }
  }
  const further = Math.floor((index - start) / largest);
  return { number: number + further, start: start + further * largest };
}

/** Number of items that block k learns from: every block up to k - 2, so that two blocks are always under way. */
export function learnedBefore(index: number): number {
  const { start } = blockOf(index);
  return start === 0 ? 0 : blockOf(start - 1).start;
}
