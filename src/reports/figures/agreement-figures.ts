import type { AgreementReport, KappaMatrix, RaterFacts } from '../../analysis/agreement/agreement-report.ts';
import type { IntervalEstimate } from '../../analysis/agreement/resampling.ts';
import { decimals, withInterval } from '../text/amounts.ts';
import { percent } from './axis.ts';
import type { Figure } from './figure.ts';
import { heatMap } from './heat-map.ts';
import { type IntervalPanel, intervalPlot } from './interval-plot.ts';
import { accuracyCoveragePlot, reliabilityDiagram } from './panel-plots.ts';

/** The figures that a report has data for. */
export function agreementFigures(report: AgreementReport): Figure[] {
  return [
    ...accuracyFigure(report),
    ...biasFigure(report),
    ...(report.kappa === null || report.kappa.raters.length < 2 ? [] : [kappaFigure(report.kappa)]),
    ...(report.panel.length === 0
      ? []
      : [reliabilityDiagram(report.panel), accuracyCoveragePlot(report.panel)]),
    ...abstentionFigure(report),
  ];
}

function accuracyFigure(report: AgreementReport): Figure[] {
  const raters = byAccuracy(report.raters);
  if (raters.every(({ accuracy }) => accuracy.value === null)) return [];
  const against = report.reference === 'labels' ? 'the labels' : 'the consensus of the other raters';
  const low = Math.min(0.4, ...raters.map(({ accuracy }) => accuracy.low ?? accuracy.value ?? 1));
  const domain = [Math.max(0, Math.floor(low * 10) / 10), 1] as const;
  const panel = panelOf(
    raters,
    `Accuracy against ${against}`,
    ({ accuracy }) => accuracy,
    domain,
    0.5,
    percent,
  );
  return [
    intervalPlot([report.pairs > 0 ? panel : withoutGuide(panel)], {
      name: 'accuracy',
      title: `Accuracy against ${against}`,
      caption: `Votes that are right against ${against}, ties half, abstentions left out; 95 % cluster-bootstrap intervals. Hollow: reference raters. The dashed line is chance.`,
    }),
  ];
}

function biasFigure(report: AgreementReport): Figure[] {
  const raters = byAccuracy(report.raters).filter(({ rater_kind }) => rater_kind !== 'reference');
  const excess = (value: number) => `${value > 0 ? '+' : ''}${Math.round(value * 100)}`;
  const panels: IntervalPanel[] = [
    panelOf(raters, 'Flips with the order', (facts) => facts.flip_rate, [0, 1], 0, percent),
    panelOf(
      raters,
      'Position bias (prefers the first)',
      (facts) => facts.position_bias,
      [0, 1],
      0.5,
      percent,
    ),
    panelOf(raters, 'Length bias (points)', (facts) => facts.length_bias, [-0.6, 0.6], 0, excess),
    panelOf(raters, 'Own-family bias (points)', (facts) => facts.own_family_bias, [-0.6, 0.6], 0, excess),
  ].filter(({ rows }) => rows.some(({ measured }) => measured.value !== null));
  if (panels.length === 0) return [];
  return [
    intervalPlot(panels, {
      name: 'bias',
      title: 'Biases',
      caption:
        'How often the verdict flips when the order is swapped, how often the candidate shown first is preferred, and how much more often than the reference, on the same pairs, a rater prefers the longer candidate or one of its own model family (percentage points). Dashed: no bias. 95 % cluster-bootstrap intervals.',
    }),
  ];
}

function kappaFigure(kappa: KappaMatrix): Figure {
  return heatMap({
    name: 'kappa',
    title: kappa.weights === 'identity' ? 'Cohen’s kappa' : 'Cohen’s kappa, quadratic weights',
    caption: `Agreement beyond chance of every two raters on the ${kappa.on} that both answered${kappa.raters.includes('labels') ? '; the last row holds each against the labels' : ''}. Grey: undefined.`,
    rows: kappa.raters,
    columns: kappa.raters,
    domain: [-1, 1],
    cells: kappa.cells.map((row, a) =>
      row.map((cell, b) =>
        cell === null
          ? null
          : {
              value: cell.value,
              tooltip: `${kappa.raters[a]} and ${kappa.raters[b]}: ${cell.value === null ? `undefined, ${cell.reason}` : withInterval(cell)}, n = ${cell.n}`,
            },
      ),
    ),
  });
}

function abstentionFigure(report: AgreementReport): Figure[] {
  const raters = report.raters.filter(({ rater_kind }) => rater_kind !== 'reference');
  if (!raters.some(({ abstention_rate }) => (abstention_rate.value ?? 0) > 0)) return [];
  const categories = [
    ...new Set(raters.flatMap((facts) => Object.keys(facts.abstention_by_category))),
  ].sort();
  if (categories.length > 40) return [];
  return [
    heatMap({
      name: 'abstention',
      title: 'Abstentions by category',
      caption:
        'Share of questions without an opinion: unreadable, refused, cut off or failed. Abstentions are seldom random.',
      rows: raters.map(({ rater }) => rater),
      columns: categories,
      domain: [0, 1],
      cells: raters.map(({ rater, abstention_by_category }) =>
        categories.map((category) => {
          const cell = abstention_by_category[category];
          if (cell === undefined) return null;
          return {
            value: cell.value,
            tooltip: `${rater} on ${category}: ${decimals(cell.value ?? 0, 2)} of ${cell.n}`,
          };
        }),
      ),
    }),
  ];
}

function byAccuracy(raters: readonly RaterFacts[]): RaterFacts[] {
  return raters.toSorted((a, b) => (b.accuracy.value ?? -1) - (a.accuracy.value ?? -1));
}

function panelOf(
  raters: readonly RaterFacts[],
  title: string,
  of: (facts: RaterFacts) => IntervalEstimate,
  domain: readonly [number, number],
  guide: number,
  label: (value: number) => string,
): IntervalPanel {
  const rows = raters.map((facts) => ({
    name: facts.rater,
    measured: of(facts),
    isReference: facts.rater_kind === 'reference',
  }));
  return { title, rows, domain, guide, label };
}

function withoutGuide({ guide: _, ...panel }: IntervalPanel): IntervalPanel {
  return panel;
}
