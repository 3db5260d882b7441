import type { AppContext } from '../app/context.ts';
import { systemClock } from '../app/system-clock.ts';
import type { Progress, RunProgress } from '../ports/progress.ts';
import { amount, dollars, duration } from '../reports/text/amounts.ts';
import { type CommandIo, note } from './io.ts';

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

const drawEveryMs = 250;
const beatEveryMs = 60_000;

/** Shows a run on stderr: one line that is redrawn at a terminal, otherwise one line a minute. */
function showProgress(io: CommandIo, now: () => number): Progress {
  let timer: NodeJS.Timeout | null = null;
  return {
    begin(live) {
      const started = now();
      const doneAtStart = live.tasksDone;
      const draw = () => {
        const text = progressLine(live, now() - started, live.tasksDone - doneAtStart);
        io.err(io.errIsTerminal ? `\r\x1b[2K${text}` : `${text}\n`);
      };
      timer = setInterval(draw, io.errIsTerminal ? drawEveryMs : beatEveryMs);
      // Drawing must not keep the process alive.
      timer.unref();
    },
    end() {
      if (timer !== null) clearInterval(timer);
      timer = null;
      if (io.errIsTerminal) io.err('\r\x1b[2K');
    },
  };
}

/** For example `412/1000 items · 824 votes · 61 tasks/s · $0.41 · 9 min left · waiting: 12 for openai's 500 requests a minute`. */
function progressLine(live: RunProgress, elapsedMs: number, tasksHere: number): string {
  const parts = [`${amount(live.itemsDone)}/${amount(live.itemsTotal)} items`, `${amount(live.votes)} votes`];
  const perSecond = tasksHere / Math.max(1, elapsedMs / 1000);
  if (tasksHere > 0) parts.push(`${perSecond.toFixed(perSecond < 10 ? 1 : 0)} tasks/s`);
  parts.push(`${dollars(live.costUsd)}${live.costKnown ? '' : ' + calls of unknown price'}`);
  if (live.cached > 0) parts.push(`${amount(live.cached)} recorded replies`);
  const left = live.tasksTotal - live.tasksDone;
  if (tasksHere > 0 && left > 0) parts.push(`${duration((left / perSecond) * 1000)} left`);
  const waiting = live.waiting();
  if (waiting.length > 0) parts.push(`waiting: ${waiting.join('; ')}`);
  return parts.join(' · ');
}
