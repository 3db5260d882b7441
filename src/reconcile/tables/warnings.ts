/** An irregularity of the input, named and counted, with examples. */
export interface ReconcileWarning {
  readonly warning: string;
  readonly count: number;
  readonly examples: readonly string[];
}

const keptExamples = 3;

export class Warnings {
  readonly #found = new Map<string, { count: number; examples: string[] }>();

  add(warning: string, example: string): void {
    let entry = this.#found.get(warning);
    if (entry === undefined) {
      entry = { count: 0, examples: [] };
      this.#found.set(warning, entry);
    }
    entry.count += 1;
    // the smallest examples, so that the order of the votes does not matter
    if (entry.examples.length === keptExamples && example >= entry.examples.at(-1)!) return;
    if (entry.examples.includes(example)) return;
    entry.examples = [...entry.examples, example].sort().slice(0, keptExamples);
  }

  list(): ReconcileWarning[] {
    return [...this.#found]
      .map(([warning, { count, examples }]) => ({ warning, count, examples }))
      .sort((one, other) => (one.warning < other.warning ? -1 : 1));
  }
}
