import type { Preference } from '../../domain/preference.ts';
import { notMeasured, percent, type QualityResult, statusOf } from './check.ts';

const target = 'raters agree on more than 80 % of the pairs';

/** Agreement of the raters behind the pairs that were kept. */
export interface ConsistencyMeter {
  observe(preference: Preference): void;
  conclude(): QualityResult;
}

/**
 * MUST: inter-rater agreement. For each pair the share of agreeing pairs of decisive votes (the observed agreement
 * of Fleiss 1971), averaged over pairs with two votes or more; interval: normal over pairs (they are the units).
 * Chance-corrected as S = 2a - 1 (Bennett, Alpert & Goldstein 1954), the kappa for two answers whose names are
 * exchangeable: which candidate is called chosen carries no information.
 */
export function consistency(minAgreement = 0.8): ConsistencyMeter {
  let n = 0;
  let sum = 0;
  let squares = 0;
  let single = 0;
  return {
    observe(preference) {
      const { for_chosen: yes, for_rejected: no } = preference.votes;
      const votes = yes + no;
      if (votes < 2) {
        single += 1;
        return;
      }
      const agreement = (yes * (yes - 1) + no * (no - 1)) / (votes * (votes - 1));
      n += 1;
      sum += agreement;
      squares += agreement * agreement;
    },
    conclude() {
      if (n === 0) {
        return notMeasured(
          'consistency',
          'MUST',
          target,
          'no pair has two decisive votes, so agreement is unknown',
        );
      }
      const mean = sum / n;
      const variance = n > 1 ? Math.max(0, (squares - n * mean * mean) / (n - 1)) : 0.25;
      const half = 1.96 * Math.sqrt(variance / n);
      return {
        check: 'consistency',
        level: 'MUST',
        status: statusOf('MUST', mean > minAgreement),
        value: mean,
        interval: [Math.max(0, mean - half), Math.min(1, mean + half)],
        n,
        target,
        message: `raters agree on ${percent(mean)} (chance-corrected S = ${(2 * mean - 1).toFixed(2)}); ${single} pairs have fewer than two decisive votes`,
        details: { chance_corrected_s: 2 * mean - 1, pairs_with_one_vote: single },
      };
    },
  };
}
