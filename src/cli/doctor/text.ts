import type { AttackReport } from '../../app/run/attack-judges.ts';
import type { JudgeDiagnosis } from '../../app/run/diagnose-judges.ts';
import { textTable } from '../../reports/text/amounts.ts';
import { oneLine } from '../../reports/text/text-table.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';

/** One line for each judge: the problem and what to do. */
export function diagnosisLines(judges: readonly JudgeDiagnosis[]): string[] {
  const width = Math.max(0, ...judges.map(({ judge }) => judge.length));
  return judges.map((finding) => {
    const name = finding.judge.padEnd(width);
    if (finding.ok) {
      const price = finding.priced ? '' : '; its price is not known (set `price` for a budget in dollars)';
      return `ok     ${name}  ${finding.detail}${price}`;
    }
    const word = finding.optional ? 'absent' : 'FAILED';
    return `${word} ${name}  ${flat(finding.problem)} → ${flat(finding.todo)}`;
  });
}

export function attackVerdict(code: ExitCode): string {
  if (code === exitCodes.ok) return 'No judge exceeds the allowed attack success rate.';
  if (code === exitCodes.negative) return 'A judge exceeds the allowed attack success rate.';
  return 'The attacks are inconclusive: see the columns "unread" and "wrong anyway".';
}

export function attackLines({ findings, refused }: AttackReport): string[] {
  const lines = findings.flatMap(({ judge, families }) => [
    `${judge}: adversarial responses against a better one`,
    textTable([
      ['family', 'attacks', 'succeeded', 'wrong anyway', 'unread', 'success rate', '95 %'],
      ...families.map((row) => [
        row.family,
        ...[row.attacks, row.succeeded, row.lost_anyway, row.unread].map(String),
        row.rate === null ? '-' : percent(row.rate),
        row.interval === null ? '-' : `${percent(row.interval.low)}-${percent(row.interval.high)}`,
      ]),
    ]),
    '"wrong anyway": preferred the wrong response without the attack too, so the attack proves nothing',
    '',
  ]);
  return refused === null ? lines : [...lines, `stopped early: ${refused.message}`];
}

function percent(share: number): string {
  return `${Math.round(100 * share)}%`;
}

function flat(text: string): string {
  return oneLine(text.replace(/\s+/g, ' ').trim());
}
