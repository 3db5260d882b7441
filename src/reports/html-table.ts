import { type Markup, svg } from './figures/figure.ts';

/** A section with a table; the first cell of a row is its name. */
export function htmlTable(
  title: string,
  heads: readonly string[],
  rows: readonly (readonly (string | Markup)[])[],
): Markup {
  const cells = (row: readonly (string | Markup)[]) =>
    row.map((cell, index) => (index === 0 ? svg`<th scope="row">${cell}</th>` : svg`<td>${cell}</td>`));
  return svg`<section><h2>${title}</h2><div class="drawing"><table><thead><tr>${heads.map((head) => svg`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows.map((row) => svg`<tr>${cells(row)}</tr>`)}</tbody></table></div></section>`;
}
