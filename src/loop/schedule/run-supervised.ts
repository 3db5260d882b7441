import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandSpec } from '../../domain/loop.ts';
import { writeText } from '../../files/write-lines.ts';
import type { Clock } from '../../ports/clock.ts';
import { startAttempt } from '../training/attempt-process.ts';
import { commandEnvironment } from '../training/prepare-command.ts';
import { type AttemptEnd, waitForAttempt } from '../training/wait-for-attempt.ts';

/** One supervised run of a configured command. */
export interface SupervisedRun {
  /** Folder of its log and exit state; it identifies the run, which happens once. */
  readonly folder: string;
  readonly cwd: string;
  /** Its input, as JSON in the file that QUORATE_INPUT names. */
  readonly input: unknown;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onLine: (text: string) => void;
}

/** Runs a configured command exactly once, also across crashes of this process: waits for a running one, never repeats a finished one. */
export async function runSupervised(spec: CommandSpec, run: SupervisedRun): Promise<AttemptEnd> {
  const { folder, cwd, clock, signal, onLine } = run;
  const input = `${folder}.json`;
  const isOurs = !existsSync(folder);
  if (isOurs) {
    await writeText(input, [`${JSON.stringify(run.input, null, 2)}\n`]);
    const argv = 'shell' in spec.command ? ['/bin/sh', '-c', spec.command.shell] : spec.command.run;
    startAttempt(folder, argv, {
      cwd,
      env: commandEnvironment(run.env, spec.env, { QUORATE_INPUT: input }),
    });
  }
  return waitForAttempt(folder, { clock, signal, onLine, isOurs, deadlineMs: null });
}

/** One line for the log: how the command ended, and the path of its log. */
export function endOfRun({ end, exit_code }: AttemptEnd, folder: string): string {
  const how = end === 'exited' ? `exited with code ${exit_code}` : `did not exit normally (${end})`;
  return `the command ${how}; log: ${join(folder, 'log.txt')}`;
}
