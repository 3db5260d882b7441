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
