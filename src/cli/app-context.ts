import type { AppContext } from '../app/context.ts';
import { systemClock } from '../app/system-clock.ts';
import type { Progress } from '../ports/progress.ts';
import { type CommandIo, note } from './io.ts';
import { showProgress } from './show-progress.ts';

/** The surroundings of an app function at a terminal: notices and progress go to stderr. */
export function contextOf(io: CommandIo): AppContext {
  const progress: Progress = showProgress(io, systemClock.now);
  return {
    env: io.env,
    signal: io.signal,
    clock: systemClock,
    onEvent(event) {
      switch (event.type) {
        case 'notice':
          return note(io, event.text);
        case 'run_started':
          return progress.begin(event.live);
        case 'run_ended':
          return progress.end();
      }
    },
  };
}
