import type { PanelPosterior } from '../../analysis/agreement/agreement-report.ts';
import { bottomAxis, leftAxis, linearScale, percent } from './axis.ts';
import { type Figure, type Markup, nothing, svg } from './figure.ts';

export const panelNames: Readonly<Record<PanelPosterior['method'], string>> = {
  vote_share: 'share of votes',
  reconciled_without_labels: 'reconciled, labels not used',
};

const plot = { left: 52, right: 392, top: 40, bottom: 300 } as const;
const marks = ['a', 'b'] as const;

/** Confidence against accuracy with intervals, and how many decisions lie in each bin. */
export function reliabilityDiagram(panels: readonly PanelPosterior[]): Figure {
  const x = linearScale([0.45, 1], [plot.left, plot.right]);
  const lowest = Math.min(
    0.4,
    ...panels.flatMap(({ reliability }) =>
      reliability.map(({ accuracy }) => accuracy.low ?? accuracy.value ?? 1),
    ),
  );
  const y = linearScale([Math.max(0, Math.floor(lowest * 10) / 10), 1], [plot.bottom, plot.top]);
  const most = Math.max(1, ...panels.flatMap(({ reliability }) => reliability.map(({ count }) => count)));
  const stripTop = plot.bottom + 44;
  const stripHeight = 40;
  const series = panels.map((panel, index) => {
    const mark = marks[index % marks.length]!;
    const shift = (index - (panels.length - 1) / 2) * 3;
    const points = panel.reliability.map(({ probability, accuracy, count }) => {
      if (accuracy.value === null) return nothing;
      const at = x(probability) + shift;
      const whisker =
        accuracy.low === null || accuracy.high === null
          ? nothing
          : svg`<line class="${mark} faint whisker" x1="${at}" x2="${at}" y1="${y(accuracy.low)}" y2="${y(accuracy.high)}"/>`;
      return svg`<g><title>${`${panelNames[panel.method]}: ${percent(accuracy.value)} right where it is ${percent(probability)} sure (${count} pairs)`}</title>${whisker}${symbol(mark, at, y(accuracy.value))}</g>`;
    });
    const line = panel.reliability
      .filter(({ accuracy }) => accuracy.value !== null)
      .map(({ probability, accuracy }) => `${round(x(probability) + shift)},${round(y(accuracy.value!))}`);
    const bars = panel.reliability.map(({ low, count }) => {
      const height = (count / most) * stripHeight;
      const width = (x(0.55) - x(0.5)) / panels.length - 1;
      return svg`<rect class="${mark} bar" x="${x(low) + index * (width + 1)}" y="${stripTop + stripHeight - height}" width="${width}" height="${height}"><title>${`${count} pairs`}</title></rect>`;
    });
    return svg`<polyline class="${mark} none" stroke-width="1.5" points="${line.join(' ')}"/>${points}${bars}`;
  });
  const diagonal = Math.max(0.5, y.domain[0]);
  return {
    name: 'reliability',
    title: 'Reliability',
    caption:
      'How often the panel is right, by how sure it is; on the dashed line it is exactly as sure as it is right. Vertical bars are 95 % cluster-bootstrap intervals; below, the number of pairs in each bin.',
    width: 420,
    height: stripTop + stripHeight + 38 + panels.length * 18,
    body: svg`<text class="title" x="0" y="18">Reliability</text>${bottomAxis(x, plot.top, plot.bottom, percent)}${leftAxis(y, plot.left, plot.right, percent)}<line class="guide" x1="${x(diagonal)}" y1="${y(diagonal)}" x2="${x(1)}" y2="${y(1)}"/><text class="soft small" x="${(plot.left + plot.right) / 2}" y="${plot.bottom + 32}" text-anchor="middle">confidence of the panel</text><text class="soft small" transform="translate(12 ${(plot.top + plot.bottom) / 2}) rotate(-90)" text-anchor="middle">pairs decided right</text><line class="axis" x1="${plot.left}" x2="${plot.right}" y1="${stripTop + stripHeight}" y2="${stripTop + stripHeight}"/><text class="soft small num" x="${plot.left - 7}" y="${stripTop + 8}" text-anchor="end">${String(most)}</text>${series}${legend(panels, stripTop + stripHeight + 24)}`,
  };
}

/** Accuracy of the most confident share of the pairs. */
export function accuracyCoveragePlot(panels: readonly PanelPosterior[]): Figure {
  const x = linearScale([0, 1], [plot.left, plot.right]);
  const smallest = panels.flatMap(({ accuracy_coverage: points, n }) =>
    points.filter(({ coverage }) => coverage * n >= 10).map(({ accuracy }) => accuracy),
  );
  const low = Math.min(0.5, ...smallest.map((value) => Math.floor(value * 10) / 10));
  const y = linearScale([low, 1], [plot.bottom, plot.top]);
  const series = panels.map((panel, index) => {
    const points = panel.accuracy_coverage.filter(({ coverage }) => coverage * panel.n >= 10);
    const line = points.map(
      ({ coverage, accuracy }) => `${round(x(coverage))},${round(y(Math.max(low, accuracy)))}`,
    );
    const mark = marks[index % marks.length]!;
    const end = points.at(-1);
    return svg`<polyline class="${mark} none" stroke-width="2" ${{ markup: index === 0 ? '' : 'stroke-dasharray="7 3"' }} points="${line.join(' ')}"/>${end === undefined ? nothing : symbol(mark, x(end.coverage), y(end.accuracy))}`;
  });
  return {
    name: 'accuracy-coverage',
    title: 'Accuracy against coverage',
    caption:
      'Accuracy among the pairs that are kept, when only the most confident share is kept. Starts at ten pairs; the mark on the right is the accuracy of all.',
    width: 420,
    height: plot.bottom + 58 + panels.length * 18,
    body: svg`<text class="title" x="0" y="18">Accuracy against coverage</text>${bottomAxis(x, plot.top, plot.bottom, percent)}${leftAxis(y, plot.left, plot.right, percent)}<text class="soft small" x="${(plot.left + plot.right) / 2}" y="${plot.bottom + 32}" text-anchor="middle">share of pairs kept</text><text class="soft small" transform="translate(12 ${(plot.top + plot.bottom) / 2}) rotate(-90)" text-anchor="middle">accuracy among the kept</text>${series}${legend(panels, plot.bottom + 56)}`,
  };
}

/** A circle for the first series, a square for the second: shapes differ where colours do not print. */
function symbol(mark: (typeof marks)[number], x: number, y: number): Markup {
  return mark === 'a'
    ? svg`<circle class="a bar" cx="${x}" cy="${y}" r="4"/>`
    : svg`<rect class="b bar" x="${x - 3.75}" y="${y - 3.75}" width="7.5" height="7.5"/>`;
}

function legend(panels: readonly PanelPosterior[], top: number): Markup {
  return svg`${panels.map(({ method, n }, index) => {
    const y = top + index * 18;
    return svg`${symbol(marks[index % marks.length]!, plot.left + 4, y - 4)}<text class="small" x="${plot.left + 16}" y="${y}">${panelNames[method]} (${String(n)} pairs)</text>`;
  })}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
