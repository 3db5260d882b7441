/** Runs `work` and returns the warnings that Node gave meanwhile, as users would see them on stderr. */
export async function platformWarnings(work: () => Promise<unknown>): Promise<string[]> {
  const seen: string[] = [];
  const note = (warning: Error) => void seen.push(`${warning.name}: ${warning.message}`);
  process.on('warning', note);
  try {
    await work();
    // Node emits warnings on the next tick
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.off('warning', note);
  }
  return seen;
}
