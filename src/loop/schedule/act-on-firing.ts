import { join } from 'node:path';
import { QuorateError } from '../../domain/errors.ts';
import type { Firing, FiringOutcome } from '../../domain/firing.ts';
import { runTraining } from '../training/run-training.ts';
import { countAccepted } from '../triggers/measure-new-pairs.ts';
import { timeText } from '../triggers/measurement.ts';
import type { LoopParts } from './loop-parts.ts';
import { endOfRun, runSupervised } from './run-supervised.ts';

/** Runs the action of a firing and records its outcome. Called again after a crash, it resumes; no action runs twice. */
export async function actOnFiring(firing: Firing, parts: LoopParts): Promise<void> {
  parts.onLine(storyOfFiring(firing));
  const outcome = await act(firing, parts);
  parts.signal.throwIfAborted();
  await parts.store.settleFiring(firing.id, outcome);
  parts.onLine(`${firing.trigger}: ${outcome.what}`);
}

type Settled = Exclude<FiringOutcome, { readonly status: 'pending' }>;

async function act(firing: Firing, parts: LoopParts): Promise<Settled> {
  const { loop, clock } = parts;
  const settled = (status: Settled['status'], what: string): Settled => ({
    status,
    at: timeText(clock.now()),
    what,
  });
  // the current configuration: the rule may have changed since it fired
  const { action } = loop.triggers[firing.trigger];
  if (action === 'report' || (action === 'train' && loop.train === null)) return settled('done', 'reported');
  if (action !== 'train') {
    const folder = join(loop.out, 'actions', firing.id);
    const end = await runSupervised(action, { ...parts, folder, cwd: loop.folder, input: firing });
    return settled(end.exit_code === 0 ? 'done' : 'failed', endOfRun(end, folder));
  }
  try {
    const acceptedPairs = await countAccepted(loop.preferences);
    const training = await runTraining(loop, loop.train!, { ...parts, acceptedPairs, firing: firing.id });
    if (training.status !== 'registered') return settled('failed', training.failure ?? 'the training failed');
    const isNew = training.firing === firing.id;
    return isNew
      ? settled('done', `training ${training.id} produced version ${training.version}`)
      : settled(
          'failed',
          `version ${training.version} was already trained on this dataset: export a newer one`,
        );
  } catch (error) {
    // an error in the data or the command, which may be corrected by the next firing
    if (!QuorateError.isInstance(error)) throw error;
    return settled('failed', `${error.message}${error.hint === undefined ? '' : ` (${error.hint})`}`);
  }
}

/** One line for the log: the trigger, its measured value and its limit. */
export function storyOfFiring({ trigger, evidence }: Pick<Firing, 'trigger' | 'evidence'>): string {
  const { value, unit, over, bound, confidence, n } = evidence;
  const number = (figure: number | null) => (figure === null ? '-' : String(Number(figure.toPrecision(3))));
  const grounds = bound === null ? '' : `, at least ${number(bound)} with confidence ${number(confidence)}`;
  return `${trigger}: ${number(value)} ${unit}${grounds}; the limit is ${number(over)} (n = ${n})`;
}
