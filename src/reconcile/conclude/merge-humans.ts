import type { LabelOpinion } from '../evidence/label-targets.ts';

/**
 * How human labels and machine votes are combined. `pool`: one posterior from both. `human_overrides`: a human label
 * decides its pair. `human_audits`: human labels only measure the machines.
 */
export const humanPolicies = ['pool', 'human_overrides', 'human_audits'] as const;
export type HumanPolicy = (typeof humanPolicies)[number];

export interface Merged {
  /** P(x better). */
  readonly posterior: number;
  /** Human and machine are both confident, in opposite sides. */
  readonly conflict: boolean;
}

const humanConfidence = 0.8;
const maxProbabilityWithHuman = 0.999;

/**
 * @param machine P(x better) by the machines, held out where the pair is labelled
 * @param confident the machine probability from which on a contradiction is a conflict
 */
export function mergeHuman(
  machine: number,
  label: LabelOpinion | null,
  policy: HumanPolicy,
  confident: number,
): Merged {
  if (label === null || label.logit === 0) return { posterior: machine, conflict: false };
  const odds = Math.exp(label.logit);
  const human = odds / (1 + odds);
  const opposite = human > 0.5 !== machine > 0.5 && machine !== 0.5;
  const conflict =
    policy !== 'human_overrides' &&
    opposite &&
    Math.max(human, 1 - human) >= humanConfidence &&
    Math.max(machine, 1 - machine) >= confident;
  if (policy === 'human_audits') return { posterior: machine, conflict };
  if (policy === 'human_overrides') return { posterior: within(human), conflict };
  const pooled = (machine * odds) / (machine * odds + 1 - machine);
  return { posterior: within(pooled), conflict };
}

function within(posterior: number): number {
  return Math.min(maxProbabilityWithHuman, Math.max(1 - maxProbabilityWithHuman, posterior));
}
