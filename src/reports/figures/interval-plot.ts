import type { IntervalEstimate } from '../../analysis/agreement/resampling.ts';
import { bottomAxis, linearScale } from './axis.ts';
import { type Figure, nothing, svg } from './figure.ts';
import { fitText, textWidth } from './theme.ts';

export interface IntervalRow {
  readonly name: string;
  readonly measured: IntervalEstimate;
  /** Drawn in grey: a reference rater. */
  readonly isReference?: boolean;
}

export interface IntervalPanel {
  readonly title: string;
  readonly rows: readonly IntervalRow[];
  readonly domain: readonly [number, number];
  /** A dashed line: where there is no bias. */
  readonly guide?: number;
  readonly label: (value: number) => string;
}

const rowHeight = 22;
const panelGap = 44;
const nameGap = 12;
const top = 44;
const titleSize = 14;
const titleMargin = 8;

/** Dots with 95 % intervals, one row a rater, one column a measure; rows line up across the columns. */
export function intervalPlot(
  panels: readonly IntervalPanel[],
  about: { readonly name: string; readonly title: string; readonly caption: string },
): Figure {
  const rows = panels[0]?.rows ?? [];
  const nameWidth = Math.min(280, Math.max(60, ...rows.map(({ name }) => textWidth(name)))) + nameGap;
  const titleWidth = Math.max(0, ...panels.map(({ title }) => textWidth(title, titleSize)));
  const panelWidth = Math.max(
    150,
    titleWidth + 2 * titleMargin - panelGap,
    Math.min(420, (920 - nameWidth) / Math.max(1, panels.length) - panelGap),
  );
  const bottom = top + rows.length * rowHeight;
  const width = nameWidth + panels.length * (panelWidth + panelGap);
  const yOf = (index: number) => top + (index + 0.5) * rowHeight;
  const names = rows.map(
    ({ name, isReference }, index) =>
      svg`<text x="${nameWidth - nameGap}" y="${yOf(index) + 4}" text-anchor="end" class="${isReference === true ? 'soft' : ''}">${fitText(name, nameWidth - nameGap)}<title>${name}</title></text>`,
  );
  const drawn = panels.map((panel, at) => {
    const left = nameWidth + at * (panelWidth + panelGap) + titleMargin;
    const x = linearScale(panel.domain, [left, left + panelWidth - 8], panelWidth > 300 ? 6 : 4);
    const clip = (value: number) => x(Math.min(panel.domain[1], Math.max(panel.domain[0], value)));
    const guide =
      panel.guide === undefined
        ? nothing
        : svg`<line class="guide" x1="${x(panel.guide)}" x2="${x(panel.guide)}" y1="${top - 6}" y2="${bottom}"/>`;
    const dots = panel.rows.map(({ measured, isReference }, index) => {
      const y = yOf(index);
      if (measured.value === null) return svg`<text class="soft small" x="${left}" y="${y + 4}">–</text>`;
      const colour = isReference === true ? 'axis' : 'a';
      const whisker =
        measured.low === null || measured.high === null
          ? nothing
          : svg`<line class="${colour} whisker" x1="${clip(measured.low)}" x2="${clip(measured.high)}" y1="${y}" y2="${y}"/>`;
      const dot =
        isReference === true
          ? svg`<circle class="axis" style="fill:var(--paper)" cx="${clip(measured.value)}" cy="${y}" r="4"/>`
          : svg`<circle class="a bar" cx="${clip(measured.value)}" cy="${y}" r="4.5"/>`;
      return svg`<g><title>${tooltip(panel.rows[index]!, panel.label)}</title>${whisker}${dot}</g>`;
    });
    return svg`<g><text class="title" x="${left}" y="18">${panel.title}</text>${bottomAxis(x, top - 6, bottom, panel.label)}${guide}${dots}</g>`;
  });
  return { ...about, width, height: bottom + 30, body: svg`${names}${drawn}` };
}

function tooltip({ name, measured }: IntervalRow, label: (value: number) => string): string {
  const interval =
    measured.low === null || measured.high === null
      ? ''
      : `, 95 % interval ${label(measured.low)} to ${label(measured.high)}`;
  return `${name}: ${label(measured.value!)}${interval}, n = ${measured.n}`;
}
