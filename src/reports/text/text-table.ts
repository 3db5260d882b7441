import type { AgreementReport } from '../../analysis/agreement/agreement-report.ts';

/** A column of a terminal table; numbers go to the right. */
export interface Column<Row> {
  readonly title: string;
  readonly right?: boolean;
  text(row: Row): string;
}

const gap = '  ';

/** An aligned table with a header line; columns without any value are omitted. */
export function textTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const filled = columns
    .map((column) => ({ ...column, cells: rows.map((row) => column.text(row)) }))
    .filter(({ cells }, index) => index === 0 || cells.some((cell) => cell !== ''));
  const widths = filled.map(({ title, cells }) =>
    Math.max(title.length, ...cells.map((cell) => cell.length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) =>
        filled[index]!.right ? cell.padStart(widths[index]!) : cell.padEnd(widths[index]!),
      )
      .join(gap)
      .trimEnd();
  return [
    line(filled.map(({ title }) => title)),
    ...rows.map((_, row) => line(filled.map(({ cells }) => cells[row]!))),
  ].join('\n');
}

/** What became of votes that weigh less than 1, in one sentence or two. */
export function weightsText({
  zero,
  below_one: light,
  not_used_in,
}: NonNullable<AgreementReport['weights']>): string {
  return [
    ...(zero === 0 ? [] : [`${zero} votes and labels of weight 0 are counted as abstentions.`]),
    ...(light === 0
      ? []
      : [
          `${light} weigh less than 1 and are weighed so; weights are not used in: ${not_used_in.join(', ').replaceAll('_', ' ')}.`,
        ]),
  ].join(' ');
}

/**
 * Foreign text on one line of a terminal or a CI log: control characters become U+FFFD, and no GitHub workflow command
 * starts (GitHub reads `##[` anywhere in a line).
 */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '\uFFFD').replaceAll('##[', '## [');
}
