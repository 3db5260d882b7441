import type { LabelOpinion } from '../evidence/label-targets.ts';

/**
 * How people and machines meet. `pool`: one posterior. `human_overrides`: where people spoke they decide.
 * `human_audits`: people only measure the machines.
 */
export const humanPolicies = ['pool', 'human_overrides', 'human_audits'] as const;
export type HumanPolicy = (typeof humanPolicies)[number];

export interface Merged {
  /** P(x better). */
  readonly posterior: number;
  /** Both sides are sure, and of the opposite. */
  readonly conflict: boolean;
}

const surePeople = 0.8;
const mostSureWithPeople = 0.999;

/** @param machine P(x better) by the machines, held out where the pair is labelled. */
export function mergePeople(
  machine: number,
  people: LabelOpinion | null,
  policy: HumanPolicy,
  sure: number,
): Merged {
  if (people === null || people.logit === 0) return { posterior: machine, conflict: false };
  const odds = Math.exp(people.logit);
  const human = odds / (1 + odds);
  const opposite = human > 0.5 !== machine > 0.5 && machine !== 0.5;
  const conflict =
    policy !== 'human_overrides' &&
    opposite &&
    Math.max(human, 1 - human) >= surePeople &&
    Math.max(machine, 1 - machine) >= sure;
  if (policy === 'human_audits') return { posterior: machine, conflict };
  if (policy === 'human_overrides') return { posterior: within(human), conflict };
  const pooled = (machine * odds) / (machine * odds + 1 - machine);
  return { posterior: within(pooled), conflict };
}

function within(posterior: number): number {
  return Math.min(mostSureWithPeople, Math.max(1 - mostSureWithPeople, posterior));
}
