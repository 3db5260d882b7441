import type { ImportFormat, Recognition } from './format.ts';
import { formats } from './formats/index.ts';
import type { RowSample } from './sample-rows.ts';

export interface Recognised extends Recognition {
  readonly format: ImportFormat;
}

/** Below this a format is only a guess. */
const sureScore = 0.5;

/** The format that rows are written in; null where none is sure. */
export function recognise(sample: RowSample): Recognised | null {
  if (sample.first.length === 0) return null;
  const found = formats
    .flatMap((format): Recognised[] => {
      const recognition = format.sniff(sample);
      return recognition === null ? [] : [{ format, ...recognition }];
    })
    .sort((a, b) => b.score - a.score)[0];
  return found === undefined || found.score < sureScore ? null : found;
}

/** The format that shares most of its columns with the rows, for a message; null where none shares half of them. */
export function nearestFormat({ first }: Pick<RowSample, 'first'>): ImportFormat | null {
  const columns = new Set(first.flatMap((row) => Object.keys(row)));
  const share = ({ columns: wanted }: ImportFormat) =>
    wanted.filter((column) => columns.has(column)).length / Math.max(1, wanted.length);
  const best = [...formats].sort((a, b) => share(b) - share(a))[0];
  return best !== undefined && share(best) >= 0.5 ? best : null;
}

export function formatNamed(name: string): ImportFormat | undefined {
  return formats.find((format) => format.name === name);
}

export const formatNames: readonly string[] = formats.map(({ name }) => name);
