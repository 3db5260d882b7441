import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandSpec } from '../../domain/loop.ts';
import { writeText } from '../../files/write-lines.ts';
import type { Clock } from '../../ports/clock.ts';
import { startAttempt } from '../training/attempt-process.ts';
import { commandEnvironment } from '../training/command-environment.ts';
import { type AttemptEnd, waitForAttempt } from '../training/wait-for-attempt.ts';

export interface SupervisedRun {
  /** Where its log and its end are kept; the same folder is the same run, and runs once. */
  readonly folder: string;
  readonly cwd: string;
  /** What it is told, as JSON in the file that QUORATE_INPUT names. */
  readonly input: unknown;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onLine: (text: string) => void;
}

/** Runs a command of the user's once, also across crashes of this process: one that runs is waited for, one that ended is not repeated. */
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

/** For people, with where to look. */
export function endOfRun({ end, exit_code }: AttemptEnd, folder: string): string {
  const how = end === 'exited' ? `ended with code ${exit_code}` : `did not end by itself (${end})`;
  return `the command ${how}; its log: ${join(folder, 'log.txt')}`;
}
