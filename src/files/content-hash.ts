import { createHash, hash } from 'node:crypto';
import { readLines } from './read-lines.ts';

/** SHA-256 of a text, as 64 hexadecimal digits. */
export function hashText(text: string): string {
  return hash('sha256', text, 'hex');
}

/** SHA-256 of a stream of texts; where one ends and the next begins is part of it. */
export class ContentHash {
  readonly #hash = createHash('sha256');

  add(text: string): void {
    this.#hash.update(`${text.length}:`).update(text);
  }

  /** 64 hexadecimal digits; nothing can be added afterwards. */
  digest(): string {
    return this.#hash.digest('hex');
  }
}

/** SHA-256 of a value's canonical JSON: object keys sorted, `undefined` left out. */
export function hashValue(value: unknown): string {
  return hashText(canonicalJson(value));
}

const fixed = new WeakMap<object, string>();

/** JSON of an object that never changes, such as the schema of all answers: made once. */
export function fixedJson(value: object): string {
  let json = fixed.get(value);
  if (json === undefined) {
    json = JSON.stringify(value);
    fixed.set(value, json);
  }
  return json;
}

/** JSON with sorted keys, so that equal values are equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    const record = inner as Record<string, unknown>;
    return Object.fromEntries(
      Object.keys(record)
        .sort()
        .map((key) => [key, record[key]]),
    );
  });
}

/** SHA-256 over the lines of files, packed or not, in the order given: 64 hexadecimal digits. */
export async function hashFiles(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) for await (const { text } of readLines(file)) hash.update(`${text}\n`);
  return hash.digest('hex');
}
