import type { AgreementReport } from '../../analysis/agreement/agreement-report.ts';

/** What became of votes that weigh less than 1, in one sentence or two. */
export function weightsText({
  zero,
  below_one: light,
  not_used_in,
}: NonNullable<AgreementReport['weights']>): string {
  return [
    ...(zero === 0 ? [] : [`${zero} votes and labels of weight 0 are counted as abstentions.`]),
    ...(light === 0
      ? []
      : [
          `${light} weigh less than 1 and are weighed so; weights are not used in: ${not_used_in.join(', ').replaceAll('_', ' ')}.`,
        ]),
  ].join(' ');
}
