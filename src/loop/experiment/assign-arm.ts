import type { Experiment } from '../../domain/loop.ts';
import { hashText } from '../../files/content-hash.ts';

/**
 * The arm of a user: the same at every call and on every machine, and independent of other experiments, since the
 * salt is hashed with it. The first 52 bits of SHA-256 pick a place in [0, 1), the shares divide it in order.
 * @param user any stable id; it goes no further than this hash
 */
export function assignArm(experiment: Pick<Experiment, 'salt' | 'arms'>, user: string): string {
  const place = Number.parseInt(hashText(JSON.stringify([experiment.salt, user])).slice(0, 13), 16) / 2 ** 52;
  let edge = 0;
  for (const { id, share } of experiment.arms) {
    edge += share;
    if (place < edge) return id;
  }
  // shares add up to 1 but for rounding
  return experiment.arms.at(-1)!.id;
}

/** What an interaction says in `arm`, so that experiments do not mix. */
export function armLabel(experiment: Pick<Experiment, 'id'>, arm: string): string {
  return `${experiment.id}/${arm}`;
}
