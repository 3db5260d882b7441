import { createHash } from 'node:crypto';
import { readLines } from './read-lines.ts';

/** SHA-256 over the lines of files, packed or not, in the order given: 64 hexadecimal digits. */
export async function hashFiles(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) for await (const { text } of readLines(file)) hash.update(`${text}\n`);
  return hash.digest('hex');
}
