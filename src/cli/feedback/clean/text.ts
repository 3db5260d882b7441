import type { CleaningReport, ModelLine } from '../../../feedback/cleaning/cleaning-report.ts';
import { oneLine, textTable } from '../../../reports/text/text-table.ts';

/** The summary of a cleaning. Ids are untrusted and must not steer a terminal. */
export function cleaningText(report: CleaningReport): string {
  const parts = [
    [
      `${report.events} events of ${report.authors} authors about ${report.responses} responses`,
      `duplicates            ${report.duplicates}`,
      `quarantined           ${report.quarantined_events} events of ${report.quarantined_authors} authors (bound on false positives: ${100 * report.false_positive_rate} %)`,
      `contested responses   ${report.contested_responses}`,
      `authors for review    ${report.review_authors.length}`,
      ...(report.untimed_sources.length > 0
        ? [`timing is not used as evidence for ${report.untimed_sources.map(oneLine).join(', ')}`]
        : []),
    ].join('\n'),
  ];
  if (report.models.some(({ ratings }) => ratings > 0)) parts.push(modelTable(report.models));
  for (const [title, lines] of [
    ['Quarantined', report.quarantined],
    ['For review', report.review_authors],
  ] as const) {
    if (lines.length === 0) continue;
    const shown = lines.slice(0, 10);
    parts.push(
      [
        `${title}${lines.length > shown.length ? ` (the first ${shown.length})` : ''}`,
        ...shown.flatMap(({ author, events, reasons }) => [
          `  ${oneLine(author)}  ${events} events`,
          ...reasons.map((reason) => `    ${oneLine(reason)}`),
        ]),
      ].join('\n'),
    );
  }
  return parts.join('\n\n');
}

function modelTable(models: readonly ModelLine[]): string {
  const percent = (share: number | null) => (share === null ? '' : `${(100 * share).toFixed(1)} %`);
  return textTable(
    models.filter(({ ratings }) => ratings > 0),
    [
      { title: 'model', text: ({ model }) => oneLine(model) },
      { title: 'ratings', right: true, text: ({ ratings }) => String(ratings) },
      { title: 'positive, raw', right: true, text: (row) => percent(row.positive_raw) },
      { title: 'kept', right: true, text: (row) => percent(row.positive_kept) },
      { title: 'weighted', right: true, text: (row) => percent(row.positive_weighted) },
    ],
  );
}
