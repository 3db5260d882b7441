/** How far clocks may differ when a batch is looked for by the time of its creation. */
export const searchBackMs = 10 * 60_000;

/** The objects of a JSONL text. @throws SyntaxError where a line is broken: the file was cut off. */
export function linesOf(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as unknown);
}
