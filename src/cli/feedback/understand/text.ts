import type { JudgedComments } from '../../../app/feedback/judge-comments.ts';
import type { Understanding } from '../../../feedback/understanding/understand-feedback.ts';
import { oneLine, textTable } from '../../../reports/text/text-table.ts';

export function understandingText({ categories, issues }: Understanding): string {
  const table = textTable(
    categories.filter(({ events }) => events > 0),
    [
      { title: 'category', text: ({ category }) => category },
      { title: 'events', right: true, text: ({ events }) => String(events) },
      { title: 'weight', right: true, text: ({ weight }) => weight.toFixed(1) },
      { title: 'confidence', right: true, text: (row) => row.mean_confidence?.toFixed(2) ?? '' },
    ],
  );
  const lines = issues.flatMap((issue) => [
    '',
    `${issue.priority.toFixed(2)}  ${oneLine(issue.title)}  (${issue.events.length} events, last ${issue.last_seen})`,
    ...issue.examples.map((example) => `      ${oneLine(example)}`),
  ]);
  return [table, ...lines].join('\n');
}

export function judgedText({ judge, comments, read, unread, not_asked }: JudgedComments): string {
  const reasons = Object.entries(unread).map(([reason, count]) => `${count} ${reason}`);
  return [
    `of ${comments} comments that the rules were unsure of, ${judge} read ${read}`,
    ...(reasons.length === 0 ? [] : [`left to the rules: ${reasons.join(', ')}`]),
    ...(not_asked === 0 ? [] : [`not asked: ${not_asked}`]),
  ].join('; ');
}
