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
