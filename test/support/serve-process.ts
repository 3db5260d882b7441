import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Workspace } from './workspace.ts';

const program = fileURLToPath(new URL('../../bin/quorate.js', import.meta.url));

/** `npm test` builds before it tests; without a build there is no program to start. */
export const programIsBuilt = existsSync(new URL('../../dist/cli/main.js', import.meta.url));

export interface ServeProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** Everything that it said so far, one record a line. */
  readonly said: readonly Readonly<Record<string, unknown>>[];
  /** Sends a signal and waits for the end. @returns the exit code, or the signal that killed it. */
  stop(signal: NodeJS.Signals): Promise<number | string>;
}

/** `quorate serve` as a process of its own, on a free port. */
export async function startServe(workspace: Workspace, flags: readonly string[] = []): Promise<ServeProcess> {
  const child = spawn(process.execPath, [program, 'serve', '--port', '0', ...flags], {
    cwd: workspace.folder,
    env: { ...process.env, QUORATE_AUTHOR_KEY: 'a key for tests, long enough to be one' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said: Record<string, unknown>[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    const lines = createInterface(child.stderr!);
    lines.on('line', (line) => {
      if (!line.startsWith('{')) return reject(new Error(line));
      const record = JSON.parse(line) as Record<string, unknown>;
      said.push(record);
      if (record.event === 'listening') resolve(String(record.url));
    });
    lines.once('close', () => reject(new Error('the server ended before it listened')));
  });
  return {
    url,
    child,
    said,
    async stop(signal) {
      const ended = once(child, 'close');
      child.kill(signal);
      const [code, killedBy] = (await ended) as [number | null, string | null];
      return code ?? killedBy ?? '';
    },
  };
}
