import { decimals } from '../text/amounts.ts';
import { type Figure, type Markup, nothing, svg } from './figure.ts';
import { fitText, textWidth } from './theme.ts';

export interface HeatCell {
  readonly value: number | null;
  readonly tooltip: string;
}

export interface HeatMap {
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly cells: readonly (readonly (HeatCell | null)[])[];
  /** Smallest and largest value, at which the colours are full; 0 is white. */
  readonly domain: readonly [number, number];
}

/** Maximum number of columns whose cells show a number. */
const maxNumberedColumns = 24;
const labelLimit = 240;

/** Blue above zero, orange below, white at zero; darker is further. Columns are labelled on a slant, never clipped. */
export function heatMap(map: HeatMap): Figure {
  const numbered = map.columns.length <= maxNumberedColumns;
  const size = numbered ? 40 : Math.max(9, Math.min(16, 900 / map.columns.length));
  const height = numbered ? 28 : size;
  const font = numbered ? 12 : Math.min(11, size - 0.5);
  const labelWidth = (names: readonly string[]) =>
    Math.min(labelLimit, Math.max(...names.map((name) => textWidth(name, font)), 20));
  const left = labelWidth(map.rows) + 10;
  // narrow columns have room for upright labels only
  const angle = size > font * 1.5 ? 45 : 90;
  const slant = labelWidth(map.columns) * Math.cos((angle * Math.PI) / 180);
  const top = labelWidth(map.columns) * Math.sin((angle * Math.PI) / 180) + 46;
  const width = left + map.columns.length * size + slant + 12;
  const rows = map.rows.map(
    (row, index) =>
      svg`<text x="${left - 8}" y="${top + (index + 0.5) * height + font / 3}" text-anchor="end" style="font-size:${font}px">${fitText(row, labelLimit, font)}<title>${row}</title></text>`,
  );
  const columns = map.columns.map((column, index) => {
    const x = left + (index + 0.5) * size + (angle === 90 ? font / 3 : 0);
    return svg`<text transform="translate(${x} ${top - 6}) rotate(${-angle})" style="font-size:${font}px">${fitText(column, labelLimit, font)}<title>${column}</title></text>`;
  });
  const cells = map.cells.map((line, row) =>
    line.map((cell, column) => {
      if (cell === null) return nothing;
      return drawCell(cell, left + column * size, top + row * height, {
        size,
        height,
        numbered,
      });
    }),
  );
  const scaleTop = top + map.rows.length * height + 18;
  return {
    name: map.name,
    title: map.title,
    caption: map.caption,
    width: Math.max(width, left + 240),
    height: scaleTop + 34,
    body: svg`<text class="title" x="0" y="18">${map.title}</text>${rows}${columns}${cells.flat()}${colourScale(left, scaleTop, map.domain)}`,
  };
}

function drawCell(
  { value, tooltip }: HeatCell,
  x: number,
  y: number,
  style: { readonly size: number; readonly height: number; readonly numbered: boolean },
): Markup {
  const inset = style.numbered ? 1 : 0.5;
  const fill = value === null ? 'var(--rule)' : colourOf(value);
  const dark = value !== null && Math.abs(value) > 0.6;
  const text = !style.numbered
    ? nothing
    : svg`<text class="num small" x="${x + style.size / 2}" y="${y + style.height / 2 + 4}" text-anchor="middle" style="fill:${dark ? '#ffffff' : '#1b1b1b'}">${value === null ? '–' : decimals(value, 2)}</text>`;
  return svg`<g><title>${tooltip}</title><rect x="${x + inset}" y="${y + inset}" width="${style.size - 2 * inset}" height="${style.height - 2 * inset}" rx="${style.numbered ? 3 : 1}" style="fill:${fill}"/>${text}</g>`;
}

const anchors = { high: [0, 75, 130], middle: [247, 247, 247], low: [179, 72, 0] } as const;

/** A share of -1 to 1 as a colour. Cells keep their own colours on dark pages, so that numbers on them stay legible. */
function colourOf(share: number): string {
  const end = share >= 0 ? anchors.high : anchors.low;
  const amount = Math.min(1, Math.abs(share));
  const mixed = anchors.middle.map((channel, index) =>
    Math.round(channel + (end[index]! - channel) * amount),
  );
  return `rgb(${mixed.join(',')})`;
}

function colourScale(x: number, y: number, [low, high]: readonly [number, number]): Markup {
  const steps = 21;
  const at = (share: number) => low + share * (high - low);
  const boxes = Array.from(
    { length: steps },
    (_, index) =>
      svg`<rect x="${x + index * 10}" y="${y}" width="10.5" height="10" style="fill:${colourOf(at(index / (steps - 1)))}"/>`,
  );
  const labels = (['start', 'middle', 'end'] as const).map(
    (anchor, index) =>
      svg`<text class="soft small num" x="${x + index * 105}" y="${y + 24}" text-anchor="${anchor}">${at(index / 2)}</text>`,
  );
  return svg`${boxes}${labels}`;
}
