import type { Reconciliation } from '../../reconcile/reconcile.ts';

type Report = Reconciliation['report'];

/** What came of a reconciliation, in a line or two. */
export function reconciliationLines(pairs: number, report: Report): string[] {
  const { votes, raters, basis, estimator, labelled_pairs, precision_guarantee } = report;
  return [
    `${pairs} pairs from ${votes} votes of ${raters.length} raters: ${basis}, ${estimator} (${labelled_pairs} labelled pairs)`,
    ...(precision_guarantee === null ? [] : [precision_guarantee.statement]),
    ...warningLines(report),
  ];
}

export function warningLines({ warnings }: Report): string[] {
  return warnings.map(
    ({ warning, count, examples }) => `warning: ${warning} (${count}): ${examples.join('; ')}`,
  );
}
