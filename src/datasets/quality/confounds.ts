import { notMeasured, percent, type QualityCheck, statusOf } from './check.ts';

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
      const interval = wilson(more, n);
      const clean = interval[0] <= maxShare && interval[1] >= 1 - maxShare;
      return {
        check,
        level: 'SHOULD',
        status: statusOf('SHOULD', clean),
        value: share,
        interval,
        n,
        target,
        message: `"always ${feature}" predicts ${percent(share)} of the labels`,
      };
    },
  };
}

export const lengthConfound = (): QualityCheck =>
  confound('length_confound', 'longer', (text) => text.length, 0.65);

/** Headings, list markers, bold and fences: what makes an answer look worked out. */
export const styleConfound = (): QualityCheck =>
  confound(
    'style_confound',
    'more markdown',
    (text) => text.match(/^(?:#{1,6} |[-*+] |\d+\. |```)|\*\*/gmu)?.length ?? 0,
    0.65,
  );

function wilson(successes: number, n: number): readonly [number, number] {
  const z = 1.959963984540054;
  const share = successes / n;
  const centre = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}
