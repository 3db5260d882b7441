/** Lines of one kind of mistake or omission. */
export interface CountedReason {
  readonly reason: string;
  readonly count: number;
  /** The first lines. */
  readonly lines: readonly number[];
}

const mostLines = 5;
const mostReasons = 20;

/** Counts what is wrong by kind, so that a thousand lines with one mistake are one message. */
export class ReasonCounts {
  readonly #kinds = new Map<string, { reason: string; count: number; lines: number[] }>();

  add(line: number, reason: string): void {
    // numbers and quoted values differ from line to line; the kind does not
    const kind = reason.replace(/"[^"]*"|[\d.]+/g, '#');
    const known = this.#kinds.get(kind);
    if (known === undefined) {
      this.#kinds.set(kind, { reason, count: 1, lines: [line] });
      return;
    }
    known.count += 1;
    if (known.lines.length < mostLines) known.lines.push(line);
  }

  get total(): number {
    let total = 0;
    for (const { count } of this.#kinds.values()) total += count;
    return total;
  }

  /** The most frequent kinds first. */
  list(): readonly CountedReason[] {
    return [...this.#kinds.values()].sort((a, b) => b.count - a.count).slice(0, mostReasons);
  }
}
