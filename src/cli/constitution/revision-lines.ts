import { relative } from 'node:path';
import { amount, textTable } from '../../reports/text/amounts.ts';
import type { Interval } from '../../stats/intervals/interval.ts';
import type { WrittenRevisions } from './write-revisions.ts';

/** The report of a revision run, for people. */
export function revisionLines(
  written: WrittenRevisions,
  { cwd, calls }: { readonly cwd: string; readonly calls: number },
): string[] {
  const { responses, accepted, reasons, left_out: leftOut, principles, files } = written;
  const at = (file: string) => relative(cwd, file) || file;
  return [
    `${amount(accepted)} of ${amount(responses)} responses have an accepted revision (${counted(reasons)})`,
    ...(Object.keys(leftOut).length === 0 ? [] : [`not criticised: ${counted(leftOut)}`]),
    ...(leftOut.no_critic === undefined ? [] : [noCritic]),
    `${amount(calls)} calls made now`,
    '',
    textTable([
      ['principle', 'drawn', 'revised', 'judged', 'accepted', 'evasive', 'win rate', 'veto rate'],
      ...principles.map((row) => [
        row.principle,
        ...[row.drawn, row.revised, row.judged, row.accepted, row.evasive].map(amount),
        range(row.win_rate),
        range(row.veto_rate),
      ]),
    ]),
    '',
    `revisions: ${at(files.revisions)}`,
    `items and preferences: ${at(files.items)}, ${at(files.preferences)}`,
    ...(accepted === 0
      ? []
      : [
          `Next: quorate export --feedback ${at(files.improvements)} --kind sft --out sft (or --kind preference)`,
        ]),
  ];
}

const noCritic =
  '  critic: author needs candidates whose "model" is the model of a judge; another judge can be named instead';

function counted(reasons: Readonly<Record<string, number>>): string {
  return Object.entries(reasons)
    .map(([reason, count]) => `${amount(count)} ${reason.replaceAll('_', ' ')}`)
    .join(', ');
}

function range(interval: Interval | null): string {
  return interval === null ? '-' : `${Math.round(100 * interval.low)}-${Math.round(100 * interval.high)}%`;
}
