import { readFile } from 'node:fs/promises';
import { InputError } from '../domain/errors.ts';

/** @throws InputError when the file cannot be read as a JSON object */
export async function readJsonObject(file: string, hint: string): Promise<Readonly<Record<string, unknown>>> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const what = missing ? 'no such file' : `not valid JSON: ${(cause as Error).message.slice(0, 120)}`;
    throw new InputError(file, null, what, { cause, hint });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InputError(file, null, 'must be a JSON object', { hint });
  return value as Readonly<Record<string, unknown>>;
}
