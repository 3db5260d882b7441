import { openAlertDispatcherOf } from '../../app/open-alert-dispatcher.ts';
import { loadFeedbackSettings } from '../../config/feedback/load-feedback-settings.ts';
import { runLoop } from '../../loop/schedule/run-loop.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, note } from '../io.ts';
import { withLoop } from './open-loop.ts';

export interface LoopFlags {
  readonly once?: boolean;
  readonly now?: string;
  readonly by: string;
}

export function loop(io: CommandIo, file: string, flags: LoopFlags): Promise<ExitCode> {
  return withLoop(io, file, flags, async (parts) => {
    const { folder, feedback } = parts.loop;
    const { alerts } = await loadFeedbackSettings(undefined, folder);
    const dispatcher = await openAlertDispatcherOf(alerts, feedback, { cwd: folder, env: io.env });
    try {
      const done = await runLoop({ ...parts, dispatcher }, { once: flags.once === true });
      note(io, done.length === 0 ? 'nothing was due' : `done: ${done.join(', ')}`);
      return exitCodes.ok;
    } finally {
      await dispatcher.close();
    }
  });
}
