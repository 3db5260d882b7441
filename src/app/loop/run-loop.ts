import { loadFeedbackSettings } from '../../config/feedback/load-feedback-settings.ts';
import type { CadenceTask } from '../../domain/loop.ts';
import { runLoop } from '../../loop/schedule/run-loop.ts';
import type { AppContext } from '../context.ts';
import { openAlertDispatcherOf } from '../open-alert-dispatcher.ts';
import { withLoop } from './open-loop.ts';

export interface RunLoopOptions {
  /** Do what is due and return. */
  readonly once: boolean;
  /** The name that the registry records for versions that the loop trains. */
  readonly by: string;
}

/**
 * Runs the retraining daemon of a loop file: safety alerts, scheduled reviews, triggered training.
 * @returns the tasks done
 * @throws ConfigError, StoreError, or the reason of the context's signal
 */
export function runLoopFile(
  file: string,
  { once, by }: RunLoopOptions,
  context: AppContext,
): Promise<readonly CadenceTask[]> {
  return withLoop(file, by, context, async (parts) => {
    const { folder, feedback } = parts.loop;
    const { alerts } = await loadFeedbackSettings(undefined, folder);
    const dispatcher = await openAlertDispatcherOf(alerts, feedback, { cwd: folder, env: context.env });
    try {
      return await runLoop({ ...parts, dispatcher }, { once });
    } finally {
      await dispatcher.close();
    }
  });
}
