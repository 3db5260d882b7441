import type { FeedbackStats } from '../../feedback/metrics/feedback-stats.ts';
import type { MetricLine } from '../../feedback/metrics/metric-line.ts';
import type { MetricValue } from '../../feedback/metrics/rate-tally.ts';
import type { SliceLine } from '../../feedback/metrics/slice-lines.ts';
import type { BreakdownName } from '../../feedback/metrics/window-tally.ts';
import { oneLine, textTable } from './text-table.ts';

type Unit = MetricLine['unit'];

/** `82.1 % [79.0, 84.9]`, `3.2 d [1.0, 5.4]`; a dash where it is unknown. */
export function valueText(measured: MetricValue | null, unit: Unit): string {
  if (measured === null || measured.value === null) return '–';
  const number = (value: number) => (unit === 'days' ? value.toFixed(1) : percent(value));
  const value = `${number(measured.value)} ${unit === 'days' ? 'd' : '%'}`;
  if (measured.low === null || measured.high === null) return value;
  return `${value} [${number(measured.low)}, ${number(measured.high)}]`;
}

/** In points of a percent or in days, with its sign. */
export function trendText(trend: MetricValue | null, unit: Unit): string {
  if (trend === null || trend.value === null) return '–';
  const text = valueText(trend, unit).replace(' %', ' pp');
  return trend.value > 0 ? `+${text}` : text;
}

export function targetText({ target, alert, unit, metric }: MetricLine): string {
  if (target === null || alert === null) return '';
  const sign = target > alert ? ['>', '<'] : ['<', '>'];
  const number = (value: number) => (unit === 'days' ? `${value} d` : `${percent(value, 1)} %`);
  const alarm = metric === 'improvement' ? 'none' : `${sign[1]} ${number(alert)}`;
  return `${sign[0]} ${number(target)}, alert ${alarm}`;
}

export function statusText({ status, sure }: MetricLine): string {
  if (status === 'unknown') return '–';
  return status === 'between' || sure ? status : `${status}?`;
}

export function metricText(metric: string): string {
  return metric.replaceAll('_', ' ');
}

export function statsText(stats: FeedbackStats, by: BreakdownName | null): string {
  const parts = [
    `${stats.since} to ${stats.until}: ${stats.events} events (${stats.superseded} superseded, ${stats.quarantined} quarantined, ${stats.weighted} in part), ${stats.interactions} interactions`,
    metricTable(stats.metrics),
  ];
  if (stats.positive_rate_bounds !== null) {
    const [low, high] = stats.positive_rate_bounds;
    parts.push(
      `Whatever the unrated interactions would be rated: between ${percent(low)} % and ${percent(high)} % of all interactions are positive.`,
    );
  }
  if (stats.oldest_unanswered_days !== null)
    parts.push(
      `The oldest complaint without an update has waited for ${stats.oldest_unanswered_days.toFixed(1)} days.`,
    );
  if (stats.failures.length > 0) {
    parts.push(
      textTable(stats.failures, [
        { title: 'complaints about', text: ({ category }) => category },
        { title: 'n', right: true, text: ({ events }) => (events === null ? 'hidden' : String(events)) },
        { title: 'weight', right: true, text: ({ weight }) => (weight === null ? '' : weight.toFixed(1)) },
      ]),
    );
  }
  if (by !== null) parts.push(sliceTable(by, stats.slices[by], stats.k));
  return parts.join('\n\n');
}

function metricTable(metrics: readonly MetricLine[]): string {
  return textTable(metrics, [
    { title: 'metric', text: ({ metric }) => metricText(metric) },
    { title: 'n', right: true, text: ({ cleaned }) => String(cleaned.n) },
    { title: 'cleaned', text: ({ cleaned, unit }) => valueText(cleaned, unit) },
    { title: 'raw', text: ({ raw, unit }) => valueText(raw, unit) },
    { title: 'against the window before', text: ({ trend, unit }) => trendText(trend, unit) },
    { title: 'target', text: targetText },
    { title: 'status', text: statusText },
  ]);
}

function sliceTable(by: BreakdownName, slices: readonly SliceLine[], k: number): string {
  const shown = slices.filter(({ hidden }) => !hidden);
  const rows = shown.flatMap(({ slice, authors, metrics }) =>
    metrics.map((metric, index) => ({
      slice: index === 0 ? oneLine(slice) : '',
      authors: index === 0 ? authors : null,
      metric,
    })),
  );
  const table = textTable(rows, [
    { title: by, text: ({ slice }) => slice },
    { title: 'authors', right: true, text: ({ authors }) => (authors === null ? '' : String(authors)) },
    { title: 'metric', text: ({ metric }) => metricText(metric.metric) },
    { title: 'n', right: true, text: ({ metric }) => String(metric.cleaned.n) },
    { title: 'cleaned', text: ({ metric }) => valueText(metric.cleaned, metric.unit) },
    { title: 'raw', text: ({ metric }) => valueText(metric.raw, metric.unit) },
    { title: 'against before', text: ({ metric }) => trendText(metric.trend, metric.unit) },
    { title: 'status', text: ({ metric }) => statusText(metric) },
  ]);
  const hidden = slices.length - shown.length;
  return hidden === 0 ? table : `${table}\n${hiddenText(hidden, k)}`;
}

/** The text does not say which of the slices are small. */
export function hiddenText(count: number, k: number): string {
  return `${count} hidden: fewer than ${k} authors, or hidden so that smaller slices cannot be derived`;
}

function percent(value: number, digits = Math.abs(value) < 0.01 ? 2 : 1): string {
  return (100 * value).toFixed(digits);
}
