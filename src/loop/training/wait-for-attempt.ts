import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { TrainingAttempt } from '../../domain/model-version.ts';
import type { Clock } from '../../ports/clock.ts';
import { attemptStatus, signalAttempt } from './attempt-process.ts';
import { LogFollower } from './follow-log.ts';

/** Options of `waitForAttempt`. */
export interface WaitOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Started by this process; otherwise the log so far is not shown again. */
  readonly isOurs: boolean;
  /** Milliseconds since the epoch; null: no limit. */
  readonly deadlineMs: number | null;
  readonly onLine: (text: string) => void;
}

/** How an attempt ended. */
export type AttemptEnd = Pick<TrainingAttempt, 'end' | 'exit_code'>;

const pollMs = 100;
/** Time for a supervisor to write its process id, and for a command to end after SIGTERM. */
const graceMs = 10_000;

/** Waits until an attempt has ended and forwards its log; ends it at its deadline or when `signal` is aborted. */
export async function waitForAttempt(folder: string, options: WaitOptions): Promise<AttemptEnd> {
  const { clock, signal, isOurs, deadlineMs, onLine } = options;
  const logFile = join(folder, 'log.txt');
  const log = new LogFollower(logFile, isOurs ? 0 : sizeOf(logFile));
  const show = () => {
    for (const text of log.lines()) onLine(text);
  };
  const begun = clock.now();
  for (;;) {
    const status = attemptStatus(folder, isOurs);
    show();
    if (status.status === 'exited') return { end: 'exited', exit_code: status.code };
    const stuck = status.status === 'starting' && clock.now() - begun > graceMs;
    if (status.status === 'vanished' || stuck) {
      // the command may have outlived its supervisor
      signalAttempt(folder, 'SIGKILL');
      return { end: 'vanished' };
    }
    const why = signal.aborted
      ? 'interrupted'
      : deadlineMs !== null && clock.now() >= deadlineMs
        ? 'timeout'
        : null;
    if (why !== null) {
      await endAttempt(folder, clock);
      show();
      return { end: why };
    }
    await clock.sleep(pollMs, signal).catch((error) => {
      if (!signal.aborted) throw error;
    });
  }
}

async function endAttempt(folder: string, clock: Clock): Promise<void> {
  signalAttempt(folder, 'SIGTERM');
  const since = clock.now();
  while (clock.now() - since < graceMs) {
    const { status } = attemptStatus(folder, true);
    if (status === 'exited' || status === 'vanished') break;
    await clock.sleep(pollMs);
  }
  signalAttempt(folder, 'SIGKILL');
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
