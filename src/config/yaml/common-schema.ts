import { z } from 'zod';

export const text = z.string().min(1);

export const idSchema = z
  .string()
  .regex(/^[\w.@:/+-]{1,128}$/, 'must be a short name of letters, digits and . _ - / : @ +');

/** Written as text or number; kept as text. */
export const versionSchema = z
  .union([text, z.number()])
  .transform(String)
  .default('1')
  .describe('Changes whenever the meaning changes');

export const share = z.number().min(0).max(1);

export const dollars = z.number().positive();

/** An object type without `undefined` among the values of its optional keys. */
export type Defined<T> = { [K in keyof T]: undefined extends T[K] ? Exclude<T[K], undefined> : T[K] };

/** The object without the keys whose value is undefined: what was not written is not there. */
export function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as Defined<T>;
}
