import { type Estimate, known, unknown } from '../estimate.ts';

/**
 * How long something took, or how long it has been open so far.
 * @example
 * const open: Wait = { duration: 9, ended: false };
 */
export interface Wait {
  readonly duration: number;
  readonly ended: boolean;
}

/**
 * Share of waits longer than `time`: Kaplan & Meier (1958), S(t) = Π_{t_i <= t} (1 - d_i / n_i). Open waits count as long as they were seen. Undefined beyond the longest of them.
 * @example
 * survivalAt([{ duration: 2, ended: true }, { duration: 5, ended: true }, { duration: 9, ended: false }], 3);
 * // 0.6667
 */
export function survivalAt(waits: readonly Wait[], time: number): Estimate {
  if (!waits.some(({ duration }) => duration >= time) && waits.some(({ ended }) => !ended))
    return unknown('nothing was watched so long');
  if (waits.length === 0) return unknown('no waits');
  let survival = 1;
  for (const step of steps(waits)) {
    if (step.time > time) break;
    survival = step.survival;
  }
  return known(survival);
}

/**
 * The earliest time by which half have ended. Undefined while fewer than half have.
 * Kaplan & Meier (1958).
 * @example
 * medianWait([{ duration: 2, ended: true }, { duration: 5, ended: true }, { duration: 9, ended: false }]); // 5
 */
export function medianWait(waits: readonly Wait[]): Estimate {
  for (const { time, survival } of steps(waits)) if (survival <= 0.5) return known(time);
  return unknown('fewer than half have ended');
}

function* steps(waits: readonly Wait[]): Generator<{ readonly time: number; readonly survival: number }> {
  const sorted = [...waits].sort((a, b) => a.duration - b.duration);
  let survival = 1;
  for (let index = 0; index < sorted.length; ) {
    const time = sorted[index]!.duration;
    const atRisk = sorted.length - index;
    let ended = 0;
    for (; sorted[index]?.duration === time; index += 1) if (sorted[index]!.ended) ended += 1;
    survival *= 1 - ended / atRisk;
    yield { time, survival };
  }
}
