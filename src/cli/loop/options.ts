import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { AppContext } from '../../app/context.ts';
import { ConfigError } from '../../domain/errors.ts';
import { contextOf } from '../app-context.ts';
import type { CommandIo } from '../io.ts';

export interface LoopFileFlags {
  readonly loop: string;
}

/** The loop file, given alike to every command that reads one. */
export function withLoopOption(command: Command): Command {
  return command.option('--loop <file>', 'loop file (YAML)', 'loop.yaml');
}

export function withNowOption(command: Command): Command {
  return command.option('--now <time>', 'evaluate as of this time (RFC 3339); default: now');
}

export function loopFile(io: CommandIo, { loop }: LoopFileFlags): string {
  return resolve(io.cwd, loop);
}

/** A context whose time starts at `--now` and then passes as usual. @throws ConfigError for a time that is none. */
export function contextAt(io: CommandIo, now: string | undefined): AppContext {
  const context = contextOf(io);
  if (now === undefined) return context;
  const start = Date.parse(now);
  if (!/^\d{4}-\d\d-\d\dT/.test(now) || Number.isNaN(start)) {
    throw new ConfigError(`--now must be a time, received "${now}"`, [], {
      hint: 'for example 2026-01-31T06:00:00Z',
    });
  }
  const { clock } = context;
  const shift = start - clock.now();
  return { ...context, clock: { now: () => clock.now() + shift, sleep: clock.sleep } };
}
