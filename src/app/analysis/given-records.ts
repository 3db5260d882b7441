import { ConfigError, InputError } from '../../domain/errors.ts';
import type { Item } from '../../domain/item.ts';
import type { Preference } from '../../domain/preference.ts';
import type { Vote } from '../../domain/vote.ts';
import { parseItem } from '../../files/items.ts';
import type { RecordSource } from '../../files/read-records.ts';
import { parseVote } from '../../files/votes.ts';

/**
 * Records as a library caller gives them: paths of files, or the records themselves.
 * @example
 * const fromFiles: Given<Vote> = ['votes.jsonl', 'more-votes.jsonl.gz'];
 * const fromMemory: Given<Vote> = votes;
 */
export type Given<T> = string | readonly string[] | Iterable<T> | AsyncIterable<T>;

type Parse<T> = (record: Readonly<Record<string, unknown>>, member: string, place: number) => T;

const preferenceOf: Parse<Preference> = (record) => {
  for (const key of ['item', 'chosen', 'rejected', 'status'] as const) {
    if (typeof record[key] !== 'string') throw new InputError('', null, `"${key}" must be a string`);
  }
  if (typeof record.probability !== 'number')
    throw new InputError('', null, '"probability" must be a number');
  return record as unknown as Preference;
};

/**
 * The sources of one member, each record of memory checked as a line of a file is.
 * @throws ConfigError that names the member, and the record where one is wrong.
 */
async function sourcesOf<T>(
  given: Given<T>,
  member: string,
  parse: Parse<T>,
): Promise<readonly RecordSource<T>[]> {
  if (typeof given === 'string') return [given];
  const isSync = typeof given === 'object' && given !== null && Symbol.iterator in given;
  if (!isSync && !(typeof given === 'object' && given !== null && Symbol.asyncIterator in given)) {
    throw new ConfigError(
      `${member} must be a list of records, a path or an async iterable, received ${given === null ? 'null' : typeof given}`,
    );
  }
  const files: string[] = [];
  const records: T[] = [];
  let index = 0;
  for await (const one of given as AsyncIterable<T | string>) {
    if (typeof one === 'string') files.push(one);
    else records.push(checkedRecord(one, `${member}[${index}]`, parse));
    index += 1;
  }
  return records.length > 0 || files.length === 0 ? [...files, records] : files;
}

function checkedRecord<T>(record: unknown, place: string, parse: Parse<T>): T {
  if (typeof record !== 'object' || record === null) throw new ConfigError(`${place} must be an object`);
  try {
    return parse(record as Readonly<Record<string, unknown>>, place, 1);
  } catch (error) {
    if (!InputError.isInstance(error)) throw error;
    const { message } = error;
    throw new ConfigError(`${place}: ${message.replace(`${place}:1: `, '').replace(/^: /, '')}`, [], {
      cause: error,
    });
  }
}

export const givenVotes = (given: Given<Vote>, member: string) => sourcesOf(given, member, parseVote);
export const givenItems = (given: Given<Item>, member: string) => sourcesOf(given, member, parseItem);
export const givenPreferences = (given: Given<Preference>, member: string) =>
  sourcesOf(given, member, preferenceOf);

/** @throws ConfigError unless it is an object. */
export function requireObject(value: unknown, what: string): void {
  if (typeof value === 'object' && value !== null) return;
  throw new ConfigError(`${what} needs an object, received ${value === null ? 'null' : typeof value}`);
}
