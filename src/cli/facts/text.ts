import type { CheckReport } from '../../app/facts/check-items.ts';
import type { JudgeSpec } from '../../domain/job.ts';
import type { ClaimReport, ClaimRow } from '../../raters/facts/evaluation/claim-tally.ts';
import type { Precision } from '../../raters/facts/evaluation/precision.ts';
import { amount, textTable } from '../../reports/text/amounts.ts';

const mostShown = 20;

/** The report of `quorate facts eval`. */
export function claimLines({ sets, all, unread }: ClaimReport, judge: JudgeSpec | null): string[] {
  const rows = sets.length > 1 ? [...sets, all] : sets;
  const reasons = Object.entries(unread).map(([reason, count]) => `${amount(count)} ${reason}`);
  return [
    `${amount(all.claims)} claims${all.clusters === null ? '' : ` in ${amount(all.clusters)} clusters`}, verified by ${judge?.id ?? 'the checker without a model'}`,
    '',
    textTable([
      [
        '',
        'claims',
        'supported',
        'right',
        '95 %',
        'refuted',
        'right',
        '95 %',
        'unverifiable',
        'true ones found',
        'unread',
      ],
      ...rows.flatMap((row) => [
        line(row.name, row, row),
        ...(row.as_said === null
          ? []
          : [
              line(`${row.name}, quotes not checked`, row, {
                ...row.as_said,
                unverifiable: row.unverifiable - row.without_quote,
              }),
            ]),
      ]),
    ]),
    '',
    ...(all.as_said === null
      ? ['No LLM took part: the checker returns unverifiable when in doubt.']
      : [
          `unverifiable without a quote from a passage: ${amount(all.without_quote)}; without an entry: ${amount(all.without_entry)}`,
          reasons.length === 0
            ? 'every reply could be parsed'
            : `claims whose reply gave no verdict: ${reasons.join(', ')}`,
        ]),
  ];
}

function line(
  name: string,
  { claims, true_claims: trueClaims, abstained, errors }: ClaimRow,
  { supported, refuted, unverifiable }: Pick<ClaimRow, 'supported' | 'refuted' | 'unverifiable'>,
): string[] {
  return [
    name,
    amount(claims),
    ...cells(supported),
    ...cells(refuted),
    percent(claims === 0 ? null : unverifiable / claims),
    percent(trueClaims === 0 ? null : supported.right / trueClaims),
    amount(abstained + errors),
  ];
}

function cells({ claims, precision, interval }: Precision): string[] {
  const range = interval === null ? '-' : `${percent(interval.low)}-${percent(interval.high)}`;
  return [amount(claims), percent(precision), range];
}

function percent(share: number | null): string {
  return share === null ? '-' : `${(100 * share).toFixed(1)}%`;
}

/** The report of `quorate facts check`. */
export function checkLines(report: CheckReport): string[] {
  const { claims, refuted, gaps } = report;
  return [
    `${report.items} items, ${report.responses} responses: ${report.no_claims} without claims, ${report.says_it_does_not_know} that say they do not know, ${report.undecided} undecided`,
    `claims: ${claims.supported} supported, ${claims.refuted} refuted, ${claims.unverifiable} unverifiable`,
    ...refuted
      .slice(0, mostShown)
      .map(({ item, candidate, reason }) => `refuted  ${item}/${candidate}  ${reason}`),
    ...(refuted.length > mostShown ? [`… and ${refuted.length - mostShown} more (--json shows all)`] : []),
    ...(gaps.length > 0 ? ['', 'Recurring claims that no source decides:'] : []),
    ...gaps.slice(0, mostShown).map(({ claim, count }) => `${count} x  ${claim}`),
  ];
}
