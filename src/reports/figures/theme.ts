/** Okabe & Ito's colours: distinguishable with any kind of colour vision, and in greyscale. */
export const colours = {
  blue: '#0072b2',
  orange: '#d55e00',
  green: '#009e73',
  grey: '#767676',
} as const;

export const fontFamily = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif";

/**
 * Classes with light-mode colours written into each figure, so that a saved SVG is self-contained. A page may
 * redefine the variables for dark screens; print stays light.
 */
export const figureStyle = `
.figure { --ink: #1b1b1b; --soft: #5c5c5c; --rule: #dcdcdc; --paper: #ffffff; --a: ${colours.blue}; --b: ${colours.orange}; --c: ${colours.green}; }
.figure text { font-family: ${fontFamily}; font-size: 12px; fill: var(--ink); }
.figure .soft { fill: var(--soft); }
.figure .title { font-size: 14px; font-weight: 600; }
.figure .small { font-size: 11px; }
.figure .num { font-variant-numeric: tabular-nums; }
.figure .rule { stroke: var(--rule); stroke-width: 1; fill: none; }
.figure .axis { stroke: var(--soft); stroke-width: 1; fill: none; }
.figure .guide { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 4 3; fill: none; }
.figure .a { fill: var(--a); stroke: var(--a); } .figure .b { fill: var(--b); stroke: var(--b); } .figure .c { fill: var(--c); stroke: var(--c); }
.figure .none { fill: none; } .figure .bar { stroke: none; }
.figure .whisker { stroke-width: 2; } .figure .faint { opacity: .35; }
.figure .halo { paint-order: stroke; stroke: var(--paper); stroke-width: 3px; }
`;

/** Width of a text in px, by the widest of the usual fonts (DejaVu Sans), so that nothing is ever cut off. */
export function textWidth(text: string, size = 12): number {
  let units = 0;
  for (const letter of text) units += narrow.test(letter) ? 0.38 : wide.test(letter) ? 0.96 : 0.63;
  return units * size;
}

const narrow = /[iIljtf.,:;'|!()[\]/ -]/;
const wide = /[mwMW@%…]/;

/** Shortens in the middle, where names of judges differ least. */
export function fitText(text: string, width: number, size = 12): string {
  if (textWidth(text, size) <= width) return text;
  for (let kept = text.length - 2; kept > 3; kept -= 1) {
    const head = Math.ceil(kept / 2);
    const short = `${text.slice(0, head)}…${text.slice(text.length - (kept - head))}`;
    if (textWidth(short, size) <= width) return short;
  }
  return `${text.slice(0, 3)}…`;
}
