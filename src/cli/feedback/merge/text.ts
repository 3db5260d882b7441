import type { Anchor, AnchorReport, SideOpinion } from '../../../analysis/agreement/anchor-agreement.ts';
import type { Coverage } from '../../../feedback/merge/measure-coverage.ts';
import type { MergeCounts } from '../../../feedback/merge/merge-feedback.ts';
import { withInterval } from '../../../reports/text/amounts.ts';
import { valueText } from '../../../reports/text/stats-text.ts';
import { oneLine, textTable } from '../../../reports/text/text-table.ts';

/** A line of the review file: a question that humans and AI answered differently. */
export function reviewEntry(anchor: Anchor) {
  const { item, about, category, human, machine: machines } = anchor;
  return {
    item,
    about,
    category,
    status: 'review' as const,
    humans: sideText(anchor, human),
    machines: sideText(anchor, machines),
    reasons: [
      `${human.agreeing} of ${human.raters} humans say ${sideText(anchor, human)}`,
      `${machines.agreeing} of ${machines.raters} AI raters say ${sideText(anchor, machines)}`,
    ],
  };
}

function sideText({ about }: Anchor, { verdict }: SideOpinion): string {
  if (about.length === 1) return verdict > 0 ? 'good' : 'bad';
  return verdict > 0 ? about[0]! : about[1]!;
}

export function agreementTable(agreement: AnchorReport['agreement']): string {
  return textTable(agreement, [
    { title: 'humans and AI on', text: ({ on, category }) => (category === null ? on : `  ${category}`) },
    { title: 'n', right: true, text: ({ percent_agreement }) => String(percent_agreement.n) },
    { title: 'agreement', text: ({ percent_agreement }) => withInterval(percent_agreement) },
    { title: 'AC1', text: ({ gwet_ac1 }) => withInterval(gwet_ac1) },
  ]);
}

export function mergeLines(counts: MergeCounts): string[] {
  return [
    `${counts.votes} votes on ${counts.items} items from ${counts.events} events`,
    ...Object.entries(counts.no_vote).map(
      ([reason, count]) => `  no vote, ${reason.replaceAll('_', ' ')}: ${count}`,
    ),
    ...(counts.weighted > 0 ? [`  with a weight below 1: ${counts.weighted}`] : []),
  ];
}

export function coverageLines({ all, category, model }: Coverage): string[] {
  if (all.value === null)
    return [
      'coverage unknown: no interactions were recorded, so responses without feedback cannot be counted',
    ];
  return [
    `coverage: ${valueText(all, 'share')} of ${all.n} interactions got feedback, a self-selected sample`,
    ...Object.entries({ ...category, ...model }).map(
      ([slice, value]) => `  ${oneLine(slice)}: ${valueText(value, 'share')} of ${value.n}`,
    ),
  ];
}
