import { z } from 'zod';

/** A non-empty text. */
export const text = z.string().min(1);

/** An identifier that is safe in reports and file names. */
export const idSchema = z
  .string()
  .regex(/^[\w.@:/+-]{1,128}$/, 'must be a short name of letters, digits and . _ - / : @ +');

/** A version, written as text or number; kept as text. */
export const versionSchema = z
  .union([text, z.number()])
  .transform(String)
  .default('1')
  .describe('Version of the content, for example 2; change it whenever the meaning changes');

/** A fraction in [0, 1]. */
export const share = z.number().min(0).max(1);

/** A positive amount of US dollars. */
export const dollars = z.number().positive();

/** An object type whose optional keys exclude `undefined`, for `exactOptionalPropertyTypes`. */
export type Defined<T> = { [K in keyof T]: undefined extends T[K] ? Exclude<T[K], undefined> : T[K] };

/** A copy of the object without keys whose value is undefined. */
export function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as Defined<T>;
}
