import type { FeedbackStats } from '../feedback/metrics/feedback-stats.ts';
import type { BreakdownName } from '../feedback/metrics/window-tally.ts';
import { drawingOf, type Markup, nothing, svg } from './figures/figure.ts';
import { intervalPlot } from './figures/interval-plot.ts';
import { htmlPage, htmlTable } from './html-page.ts';
import { hiddenText, metricText, statusText, targetText, trendText, valueText } from './text/stats-text.ts';

/** The whole report as one page that loads nothing; names in it come from outside and are escaped. */
export function feedbackPage(stats: FeedbackStats): string {
  const { since, until, events, interactions, superseded, quarantined } = stats;
  return htmlPage(
    'Feedback',
    svg`<header><h1>Feedback</h1><p>${since} to ${until}: ${events} events (${superseded} superseded, ${quarantined} quarantined), ${interactions} interactions.</p>${stats.notes.map((text) => svg`<p>${text}.</p>`)}</header>
${metricsTable(stats)}
${boundsText(stats)}
${failuresTable(stats)}
${breakdown(stats, 'category', 'Categories')}
${breakdown(stats, 'model', 'Model versions')}
${updatesTable(stats)}
<footer><p>Made by <code>quorate feedback stats</code>. Brackets are 95 % intervals, clustered by author; a question mark says that the interval holds the threshold. Slices of fewer than ${stats.k} authors are hidden.</p></footer>`,
  );
}

function metricsTable({ metrics }: FeedbackStats): Markup {
  return htmlTable(
    'Metrics',
    ['metric', 'n', 'cleaned', 'raw', 'against the window before', 'target', 'status', 'share of'],
    metrics.map((line) => [
      metricText(line.metric),
      String(line.cleaned.n),
      line.cleaned.value === null ? `– ${line.cleaned.reason ?? ''}` : valueText(line.cleaned, line.unit),
      valueText(line.raw, line.unit),
      trendText(line.trend, line.unit),
      targetText(line),
      statusText(line),
      line.of,
    ]),
  );
}

function boundsText({ positive_rate_bounds: bounds }: FeedbackStats): Markup {
  if (bounds === null) return nothing;
  const [low, high] = bounds.map((bound) => (100 * bound).toFixed(1));
  return svg`<p>Whatever the unrated interactions would be rated: between ${low} % and ${high} % of all interactions are positive.</p>`;
}

function failuresTable({ failures }: FeedbackStats): Markup {
  if (failures.length === 0) return nothing;
  return htmlTable(
    'Complaints by what they are about',
    ['category', 'events', 'weight'],
    failures.map(({ category, events, weight }) => [
      category,
      events === null ? 'hidden' : String(events),
      weight === null ? '' : weight.toFixed(1),
    ]),
  );
}

function breakdown(stats: FeedbackStats, by: BreakdownName, title: string): Markup {
  const shown = stats.slices[by].filter(({ hidden }) => !hidden);
  const hidden = stats.slices[by].length - shown.length;
  const rows = shown.flatMap(({ slice, metrics }) => {
    const positive = metrics.find(({ metric }) => metric === 'positive_rate');
    return positive === undefined ? [] : [{ name: slice, measured: positive.cleaned }];
  });
  const label = (value: number) => `${Math.round(100 * value)} %`;
  const panel = { title: 'positive rate', rows, domain: [0, 1] as const, guide: 0.8, label };
  const figure = intervalPlot([panel], {
    name: `positive-${by}`,
    title: `${title}: positive rate`,
    caption: 'Share of positive ratings with 95 % interval, cleaned. The dashed line is the target.',
  });
  return svg`${rows.length === 0 ? nothing : svg`<figure id="${figure.name}"><div class="drawing">${drawingOf(figure)}</div><figcaption>${figure.caption}</figcaption></figure>`}
${htmlTable(
  title,
  [by, 'authors', 'metric', 'n', 'cleaned', 'raw', 'against before', 'status'],
  shown.flatMap(({ slice, authors, metrics }) =>
    metrics.map((line) => [
      slice,
      String(authors),
      metricText(line.metric),
      String(line.cleaned.n),
      valueText(line.cleaned, line.unit),
      valueText(line.raw, line.unit),
      trendText(line.trend, line.unit),
      statusText(line),
    ]),
  ),
)}${hidden === 0 ? nothing : svg`<p>${hiddenText(hidden, stats.k)}.</p>`}`;
}

function updatesTable({ updates, update_source }: FeedbackStats): Markup {
  if (updates.length === 0) return nothing;
  const source = update_source === 'registry' ? 'of the model registry' : 'by the first event of a version';
  return htmlTable(
    `Model updates, ${source}`,
    ['version', 'at', 'complaints answered', 'median wait'],
    updates.map(({ version, at, events, waited_days }) => [
      version,
      at,
      String(events),
      waited_days === null ? '–' : `${waited_days.toFixed(1)} d`,
    ]),
  );
}
