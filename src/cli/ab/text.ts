import type { Readout } from '../../loop/experiment/read-out.ts';
import { textTable } from '../../reports/text/text-table.ts';

export function readoutText({ arms, comparisons, answer, reason }: Readout): string {
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  const table = textTable(arms, [
    { title: 'arm', text: ({ arm }) => arm },
    { title: 'share', right: true, text: ({ share }) => percent(share) },
    { title: 'users', right: true, text: ({ users }) => String(users) },
    { title: 'rated', right: true, text: ({ rated_users }) => String(rated_users) },
    {
      title: 'positive',
      right: true,
      text: ({ positive_share }) => (positive_share === null ? '' : percent(positive_share)),
    },
    {
      title: 'difference to the first',
      text: ({ arm }) => {
        const found = comparisons.find((comparison) => comparison.arm === arm);
        if (found === undefined || found.improvement === null) return '';
        return `${percent(found.improvement)} [${found.interval.map(percent).join(', ')}]`;
      },
    },
  ]);
  return `${table}\n${answer}: ${reason}`;
}
