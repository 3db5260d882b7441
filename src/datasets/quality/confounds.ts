import { wilsonInterval } from '../../stats/intervals/proportion.ts';
import { markdownMarks } from '../../text/markdown-marks.ts';
import { notMeasured, percent, type QualityCheck, statusOf } from './check.ts';
import { remember } from './remember.ts';

/**
 * SHOULD: a surface feature must not predict the label. Value: P(chosen has more of it) among pairs that differ in
 * it, which is what "always take the one with more" would score. Interval: Wilson 1927.
 */
function confound(
  check: string,
  feature: string,
  measure: (text: string) => number,
  maxShare: number,
): QualityCheck {
  const target = `"always ${feature}" is right on at most ${percent(maxShare)} (and at least ${percent(1 - maxShare)})`;
  let n = 0;
  let more = 0;
  return {
    observe(example) {
      if (example.kind !== 'preference') return;
      const difference = measure(example.chosen) - measure(example.rejected);
      if (difference === 0) return;
      n += 1;
      if (difference > 0) more += 1;
    },
    conclude() {
      if (n === 0) return notMeasured(check, 'SHOULD', target, 'no two responses differ in it');
      const share = more / n;
      const { low, high } = wilsonInterval(more, n);
      const clean = low <= maxShare && high >= 1 - maxShare;
      return {
        check,
        level: 'SHOULD',
        status: statusOf('SHOULD', clean),
        value: share,
        interval: [low, high],
        n,
        target,
        message: `"always ${feature}" predicts ${percent(share)} of the labels`,
      };
    },
  };
}

export const lengthConfound = (): QualityCheck =>
  confound('length_confound', 'longer', (text) => text.length, 0.65);

/** Counts headings, list markers, bold and fences. */
export const styleConfound = (): QualityCheck =>
  confound('style_confound', 'more markdown', remember(markdownMarks), 0.65);
