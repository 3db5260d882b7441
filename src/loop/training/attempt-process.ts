import { execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Runs the command after the folder argument and records its exit there. Only the process that creates `claimed` may run, so
 * an attempt that a later process has given up can never start.
 */
const supervisor = `
dir=$1; shift
mkdir "$dir/claimed" 2>/dev/null || exit 0
echo $$ > "$dir/pid.part" && mv "$dir/pid.part" "$dir/pid"
"$@" >> "$dir/log.txt" 2>&1 < /dev/null
echo $? > "$dir/exit.part" && mv "$dir/exit.part" "$dir/exit"
`;

/** State of an attempt, from its folder and the process table. */
export type AttemptStatus =
  | { readonly status: 'exited'; readonly code: number }
  /** `starting`: it has not written its process id yet. */
  | { readonly status: 'starting' | 'running' }
  | { readonly status: 'vanished' };

/** Starts a command that outlives this process; its output goes to log.txt in the folder. */
export function startAttempt(
  folder: string,
  argv: readonly string[],
  { cwd, env }: Required<Pick<SpawnOptions, 'cwd' | 'env'>>,
): void {
  mkdirSync(folder, { recursive: true });
  const child = spawn('/bin/sh', ['-c', supervisor, 'quorate-training', folder, ...argv], {
    cwd,
    env,
    stdio: 'ignore',
    detached: true,
  });
  // a shell that cannot start leaves no process id, which `attemptStatus` detects
  child.on('error', () => {});
  child.unref();
}

/** Reads the state of an attempt. An attempt of another process (not `isOurs`) that has not started is prevented from starting and counts as vanished. */
export function attemptStatus(folder: string, isOurs: boolean): AttemptStatus {
  const code = exitCode(folder);
  if (code !== null) return { status: 'exited', code };
  const pid = pidOf(folder);
  if (pid === null) {
    if (isOurs || !giveUp(folder)) return { status: 'starting' };
    return { status: 'vanished' };
  }
  if (isSupervisor(pid, folder)) return { status: 'running' };
  // it may have ended between the two reads
  const late = exitCode(folder);
  if (late !== null) return { status: 'exited', code: late };
  return { status: 'vanished' };
}

/** Signals every process that an attempt started. */
export function signalAttempt(folder: string, signal: 'SIGTERM' | 'SIGKILL'): void {
  const pid = pidOf(folder);
  if (pid === null) return;
  try {
    // The process group id stays reserved while any member lives, also after its leader has ended.
    if (isSupervisor(pid, folder) || !isAlive(pid)) process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function exitCode(folder: string): number | null {
  const text = readIfThere(join(folder, 'exit'));
  return text === null ? null : Number(text);
}

function pidOf(folder: string): number | null {
  const text = readIfThere(join(folder, 'pid'));
  return text === null ? null : Number(text);
}

function giveUp(folder: string): boolean {
  try {
    mkdirSync(join(folder, 'claimed'), { recursive: false });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return true;
    if (code === 'EEXIST') return false;
    throw error;
  }
}

/** Process ids are reused, so the command line must also name this folder. */
function isSupervisor(pid: number, folder: string): boolean {
  const proc = `/proc/${pid}/cmdline`;
  if (existsSync('/proc/self/cmdline')) return (readIfThere(proc) ?? '').split('\0').includes(folder);
  try {
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).includes(folder);
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return null;
    throw error;
  }
}
