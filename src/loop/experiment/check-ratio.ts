import type { ExperimentArm } from '../../domain/loop.ts';
import { chiSquareUpperTail } from '../../stats/special/incomplete-gamma.ts';

/** Result of the sample-ratio check. */
export interface RatioCheck {
  readonly users: Readonly<Record<string, number>>;
  readonly expected: Readonly<Record<string, number>>;
  readonly chi_square: number;
  readonly p: number;
  readonly alpha: number;
  /** The numbers of users contradict the shares: assignment or logging loses users, so no comparison is valid. */
  readonly mismatch: boolean;
}

/** Strict, because it is checked often and a false alarm stops a valid experiment. */
const ratioAlpha = 0.0005;

/** Sample-ratio mismatch: Pearson's chi-square test of users per arm against the shares (Fabijan et al. 2019). */
export function checkRatio(
  arms: readonly ExperimentArm[],
  users: Readonly<Record<string, number>>,
): RatioCheck {
  const total = arms.reduce((sum, { id }) => sum + (users[id] ?? 0), 0);
  const chiSquare =
    total === 0
      ? 0
      : arms.reduce(
          (sum, { id, share }) => sum + ((users[id] ?? 0) - share * total) ** 2 / (share * total),
          0,
        );
  const p = total === 0 ? 1 : chiSquareUpperTail(chiSquare, arms.length - 1);
  return {
    users: Object.fromEntries(arms.map(({ id }) => [id, users[id] ?? 0])),
    expected: Object.fromEntries(arms.map(({ id, share }) => [id, Math.round(share * total * 10) / 10])),
    chi_square: chiSquare,
    p,
    alpha: ratioAlpha,
    mismatch: p < ratioAlpha,
  };
}
