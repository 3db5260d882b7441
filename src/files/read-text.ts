import { readLines } from './read-lines.ts';

/** A small text file as a whole, without its empty lines. @throws InputError as `readLines` does */
export async function readText(file: string): Promise<string> {
  const lines: string[] = [];
  for await (const { text } of readLines(file)) lines.push(text);
  return lines.join('\n');
}
