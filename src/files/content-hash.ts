import { createHash, hash } from 'node:crypto';
import { readLines } from './read-lines.ts';

/** SHA-256 of a text in UTF-8, as 64 hexadecimal digits. */
export function hashText(text: string): string {
  return hash('sha256', text, 'hex');
}

/** Incremental SHA-256 of a sequence of texts; the boundaries between texts are part of the hash. */
export class ContentHash {
  readonly #hash = createHash('sha256');

  add(text: string): void {
    this.#hash.update(`${text.length}:`).update(text);
  }

  /** 64 hexadecimal digits; ends the hash. */
  digest(): string {
    return this.#hash.digest('hex');
  }
}

/** SHA-256 of a value's canonical JSON: keys sorted, `undefined` omitted. */
export function hashValue(value: unknown): string {
  return hashText(canonicalJson(value));
}

const fixed = new WeakMap<object, string>();

/** JSON of an immutable object, cached by identity. */
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

/** SHA-256 over the lines of files in the given order, compressed or not, as 64 hexadecimal digits. */
export async function hashFiles(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) for await (const { text } of readLines(file)) hash.update(`${text}\n`);
  return hash.digest('hex');
}
