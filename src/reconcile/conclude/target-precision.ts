import { clopperPearsonUpper } from '../../stats/intervals/proportion.ts';

/** A threshold that guarantees a precision for the pairs above it. */
export interface PrecisionGuarantee {
  readonly target: number;
  /** Pairs are accepted from this probability on; null where the labels support the target at no threshold. */
  readonly threshold: number | null;
  /** Chance, over the draw of the labels, that the guarantee does not hold. */
  readonly delta: number;
  readonly labelled_accepted: number;
  readonly labelled_wrong: number;
  readonly statement: string;
}

const delta = 0.1;
const steps = 25;

/**
 * Fixed-sequence testing (Angelopoulos et al. 2021, "Learn then Test") with exact Clopper-Pearson bounds: thresholds from
 * the strictest down, each tested at level delta, until one fails; going in a fixed order costs no correction. The order is
 * by the share of labelled pairs kept, so it does not depend on their outcomes. The probabilities must be held out.
 */
export function guaranteePrecision(
  confidences: readonly number[],
  correct: readonly number[],
  target: number,
): PrecisionGuarantee {
  const order = [...confidences.keys()].sort((one, other) => confidences[other]! - confidences[one]!);
  let chosen: { threshold: number; kept: number; wrong: number } | null = null;
  for (let step = 1; step <= steps; step += 1) {
    const wanted = Math.round((order.length * step) / steps);
    if (wanted === 0) continue;
    const threshold = confidences[order[wanted - 1]!]!;
    const kept = order.filter((index) => confidences[index]! >= threshold);
    const wrong = kept.reduce((sum, index) => sum + 1 - correct[index]!, 0);
    // a set this small cannot pass even without an error: testing it would only end the sequence
    if (clopperPearsonUpper(0, kept.length, delta) > 1 - target) continue;
    if (clopperPearsonUpper(Math.min(kept.length, Math.ceil(wrong)), kept.length, delta) > 1 - target) break;
    chosen = { threshold, kept: kept.length, wrong };
  }
  const statement =
    chosen === null
      ? `${confidences.length} labelled pairs support no threshold with ${target} precision; nothing is accepted without a label`
      : `with probability at least ${1 - delta} over the labels, at least ${target} of the pairs accepted at ` +
        `${chosen.threshold.toFixed(4)} or above are right, for pairs that are like the labelled ones ` +
        `(${chosen.kept} labelled pairs kept, ${chosen.wrong} wrong, held out)`;
  return {
    target,
    threshold: chosen?.threshold ?? null,
    delta,
    labelled_accepted: chosen?.kept ?? 0,
    labelled_wrong: chosen?.wrong ?? 0,
    statement,
  };
}
