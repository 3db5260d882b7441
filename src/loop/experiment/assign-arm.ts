import { checkArgument } from '../../domain/check-argument.ts';
import type { Experiment } from '../../domain/loop.ts';
import { hashText } from '../../files/content-hash.ts';

/**
 * Assigns a user to an arm: the same at every call and on every machine, and independent of other experiments, since the
 * salt is part of the hash. The first 52 bits of SHA-256 give a point in [0, 1), which the shares partition in order.
 * @param user any stable id; only its hash is used
 * @example
 * const arms = [{ id: 'control', share: 0.5 }, { id: 'new', share: 0.5 }];
 * assignArm({ salt: 'tone-2026-03', arms }, 'user-17'); // the same arm each time
 */
export function assignArm(experiment: Pick<Experiment, 'salt' | 'arms'>, user: string): string {
  checkArgument('experiment', experiment, { salt: 'string', arms: 'list' });
  checkArgument('user', user, 'string');
  const place = Number.parseInt(hashText(JSON.stringify([experiment.salt, user])).slice(0, 13), 16) / 2 ** 52;
  let edge = 0;
  for (const { id, share } of experiment.arms) {
    edge += share;
    if (place < edge) return id;
  }
  // shares add up to 1 but for rounding
  return experiment.arms.at(-1)!.id;
}

/** The value of `arm` in an interaction: unique across experiments. */
export function armLabel(experiment: Pick<Experiment, 'id'>, arm: string): string {
  return `${experiment.id}/${arm}`;
}
