import { relative } from 'node:path';
import type { ImportReport } from '../../app/import/import-records.ts';
import type { ImportKind } from '../../app/import/record-map.ts';

interface Shown {
  readonly kind: ImportKind;
  readonly out: string;
  readonly cwd: string;
}

/** What was recognised, read and left out, a line each. */
export function importText(
  { sources, written, repeated }: ImportReport,
  { kind, out, cwd }: Shown,
): string[] {
  const lines = sources.flatMap((source) => {
    const file = source.file === '-' ? 'standard input' : relative(cwd, source.file);
    const list = source.list ? `, list "${source.list}"` : '';
    return [
      `${file}: ${source.container}${list}, read as ${source.format} (${source.reason}): ${source.rows} rows, ${source.records} ${kind}`,
      ...source.problems.map(
        ({ reason, count, lines: at }) =>
          `  ${count} not read: ${reason} (line ${at.join(', ')}${count > at.length ? ', …' : ''})`,
      ),
      ...source.leftOut.map(
        ({ reason, count, lines: at }) =>
          `  ${count} left out: ${reason} (line ${at.join(', ')}${count > at.length ? ', …' : ''})`,
      ),
    ];
  });
  const again = repeated > 0 ? `, ${repeated} repeated rows left out` : '';
  return [...lines, `${written} ${kind} written to ${out === '-' ? 'standard output' : out}${again}`];
}
