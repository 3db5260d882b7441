import { InputError } from '../domain/errors.ts';

const namedKinds = 20;
const namedLines = 20;

interface Kind {
  readonly first: InputError;
  /** Lines after the first. */
  readonly more: number[];
  count: number;
}

/** Collects the mistakes of a file and throws all of them as one, grouped by kind. Its memory is bounded. */
export class BrokenLines {
  readonly #file: string;
  readonly #kinds = new Map<string, Kind>();
  #count = 0;

  constructor(file: string) {
    this.#file = file;
  }

  get count(): number {
    return this.#count;
  }

  add(error: InputError): void {
    this.#count += 1;
    const name = kindOf(error);
    const kind = this.#kinds.get(name);
    if (kind !== undefined) {
      kind.count += 1;
      if (kind.more.length < namedLines - 1 && error.line !== null) kind.more.push(error.line);
    } else if (this.#kinds.size < namedKinds) {
      this.#kinds.set(name, { first: error, more: [], count: 1 });
    }
  }

  /** @throws InputError with the first mistake of each kind and the lines of the others */
  throwIfAny(): void {
    const [whole] = this.#kinds.values();
    if (whole === undefined) return;
    const { first } = whole;
    if (this.#count === 1) throw first;
    const lines: string[] = [];
    let named = 0;
    for (const { first: error, more, count } of this.#kinds.values()) {
      named += count;
      lines.push(error.message);
      if (error.hint !== undefined) lines.push(`  ${error.hint}`);
      if (more.length > 0) lines.push(`  also ${more.map((line) => `${this.#file}:${line}`).join(', ')}`);
      const unnamed = count - 1 - more.length;
      if (unnamed > 0) lines.push(`  and ${unnamed} more lines`);
    }
    if (named < this.#count) lines.push(`and ${this.#count - named} more lines with other mistakes`);
    const message = `${this.#count} lines cannot be used\n${lines.join('\n')}`;
    throw new InputError(this.#file, null, message, { cause: first });
  }
}

/** The message without what differs from line to line: place, values, numbers. */
function kindOf({ file, message }: InputError): string {
  return message
    .replace(file, '')
    .replace(/received .*$/s, '')
    .replace(/not valid JSON: .*$/s, 'not valid JSON')
    .replace(/(item(?: id)?|with the id) "(?:[^"\\]|\\.)*"/g, '$1')
    .replace(/\d+/g, '');
}
