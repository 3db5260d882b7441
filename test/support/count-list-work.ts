/** Work of list methods that walk or move their elements: the sum of the lengths that they were called on. */
export async function countListWork(run: () => Promise<unknown>): Promise<number> {
  const names = ['shift', 'unshift', 'indexOf', 'includes', 'splice'] as const;
  const list = Array.prototype as unknown as Record<string, (...given: unknown[]) => unknown>;
  const before = names.map((name) => list[name]!);
  let work = 0;
  for (const [index, name] of names.entries()) {
    const original = before[index]!;
    list[name] = function (this: unknown[], ...given) {
      work += this.length;
      return original.apply(this, given);
    };
  }
  try {
    await run();
  } finally {
    for (const [index, name] of names.entries()) list[name] = before[index]!;
  }
  return work;
}
