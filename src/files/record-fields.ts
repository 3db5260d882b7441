import { InputError } from '../domain/errors.ts';
import type { JsonRecord } from './read-records.ts';

/** Reads typed fields of a record. Each InputError names file, line, field and the received value. */
export class RecordFields {
  readonly #file: string;
  readonly #line: number;
  readonly #record: JsonRecord;
  readonly #prefix: string;

  constructor(file: string, line: number, record: JsonRecord, prefix = '') {
    this.#file = file;
    this.#line = line;
    this.#record = record;
    this.#prefix = prefix;
  }

  /** A non-empty string. Numbers are accepted and converted to strings. */
  id(name: string): string {
    const value = this.#record[name];
    if (typeof value === 'number' && Number.isFinite(value)) return String(value);
    if (typeof value === 'string' && value !== '') return value;
    return this.fail(name, 'an id (a string that is not empty)');
  }

  optionalString(name: string): string | undefined {
    const value = this.#record[name];
    if (value === undefined || value === null) return undefined;
    return typeof value === 'string' ? value : this.fail(name, 'a string');
  }

  optionalNumber(name: string): number | undefined {
    const value = this.#record[name];
    if (value === undefined || value === null) return undefined;
    return typeof value === 'number' && Number.isFinite(value) ? value : this.fail(name, 'a finite number');
  }

  oneOf<const T extends string>(name: string, choices: readonly T[]): T {
    const value = this.#record[name];
    const found = choices.find((choice) => choice === value);
    return found ?? this.fail(name, `one of ${choices.join(', ')}`);
  }

  array(name: string): readonly unknown[] {
    const value = this.#record[name];
    return Array.isArray(value) ? value : this.fail(name, 'a list');
  }

  fail(name: string, expected: string): never {
    const value = this.#record[name];
    const received = value === undefined ? 'nothing' : clip(JSON.stringify(value));
    throw new InputError(
      this.#file,
      this.#line,
      `"${this.#prefix}${name}" must be ${expected}, received ${received}`,
    );
  }
}

function clip(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
