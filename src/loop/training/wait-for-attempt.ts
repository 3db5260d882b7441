import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import type { TrainingAttempt } from '../../domain/model-version.ts';
import type { Clock } from '../../ports/clock.ts';
import { attemptStatus, signalAttempt } from './attempt-process.ts';

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

const longestLine = 400;

/** Reads the lines that were appended to a file since the last call, safe to print on a terminal. */
class LogFollower {
  readonly #file: string;
  readonly #decoder = new StringDecoder('utf8');
  #offset: number;
  #rest = '';

  /** @param offset bytes to skip */
  constructor(file: string, offset = 0) {
    this.#file = file;
    this.#offset = offset;
  }

  lines(): readonly string[] {
    const parts = (this.#rest + this.#read()).split(/\r?\n|\r/);
    this.#rest = parts.pop()!.slice(-longestLine);
    return parts.filter((part) => part !== '').map(shown);
  }

  #read(): string {
    let descriptor: number;
    try {
      descriptor = openSync(this.#file, 'r');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw error;
    }
    try {
      const chunk = Buffer.alloc(1 << 16);
      let text = '';
      for (;;) {
        const count = readSync(descriptor, chunk, 0, chunk.length, this.#offset);
        if (count === 0) return text;
        this.#offset += count;
        text += this.#decoder.write(chunk.subarray(0, count));
      }
    } finally {
      closeSync(descriptor);
    }
  }
}

/** Replaces control characters, which could manipulate a terminal. */
function shown(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern removes them
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\ufffd').slice(0, longestLine);
}
