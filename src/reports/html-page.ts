import { type Markup, svg } from './figures/figure.ts';
import { fontFamily } from './figures/theme.ts';

const style = `
:root { color-scheme: light dark; --ink: #1b1b1b; --soft: #5c5c5c; --rule: #dcdcdc; --paper: #ffffff; }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem 4rem; background: var(--paper); color: var(--ink); font: 15px/1.5 ${fontFamily}; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 2.5rem 0 .5rem; }
header p, figcaption, footer { color: var(--soft); } figcaption { font-size: .85rem; max-width: 46rem; margin-top: .4rem; }
figure { margin: 2rem 0; } .drawing { overflow-x: auto; } .drawing > svg { max-width: 100%; height: auto; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 0 2rem; }
table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; width: 100%; }
th, td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .8rem; } summary, li { overflow-wrap: anywhere; } h3 { font-size: .9rem; }
thead th { color: var(--soft); font-weight: 600; white-space: nowrap; } tbody th { font-weight: 400; } th, td { white-space: nowrap; }
.wraps th, .wraps td { white-space: normal; overflow-wrap: anywhere; } .wraps thead th { white-space: nowrap; }
.wraps :is(th, td):nth-child(-n + 2) { min-width: 7.5em; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececec; --soft: #a8a8a8; --rule: #3c3c3c; --paper: #161616; }
  .figure { --ink: #ececec !important; --soft: #a8a8a8 !important; --rule: #3c3c3c !important; --paper: #161616 !important; --a: #56b4e9 !important; --b: #e69f00 !important; --c: #2fbf97 !important; }
}
@media print {
  :root, .figure { --ink: #1b1b1b !important; --soft: #5c5c5c !important; --rule: #dcdcdc !important; --paper: #ffffff !important; --a: #0072b2 !important; --b: #d55e00 !important; --c: #009e73 !important; }
  figure, tr { break-inside: avoid; } body { max-width: none; padding: 0; }
}
`;

/** A page without scripts that may load nothing from anywhere. */
export function htmlPage(title: string, body: Markup): string {
  return svg`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${{ markup: style }}</style>
</head>
<body>
${body}
</body>
</html>
`.markup;
}

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
