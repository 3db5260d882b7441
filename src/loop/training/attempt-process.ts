import { execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Runs the command given after the folder of an attempt, and leaves there what became of it. Only who makes `claimed`
 * may run, so an attempt given up by a later process can never start behind its back.
 */
const supervisor = `
dir=$1; shift
mkdir "$dir/claimed" 2>/dev/null || exit 0
echo $$ > "$dir/pid.part" && mv "$dir/pid.part" "$dir/pid"
"$@" >> "$dir/log.txt" 2>&1 < /dev/null
echo $? > "$dir/exit.part" && mv "$dir/exit.part" "$dir/exit"
`;

/** Where an attempt stands, as its folder and the process table say. */
export type AttemptStatus =
  | { readonly status: 'exited'; readonly code: number }
  /** `starting`: it has not said its process id yet. */
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
  // a shell that cannot even start leaves nothing in the folder, and that is what is looked at
  child.on('error', () => {});
  child.unref();
}

/** Looks at an attempt. One of another process (not `isOurs`) that has not begun is kept from beginning: it vanished. */
export function attemptStatus(folder: string, isOurs: boolean): AttemptStatus {
  const code = exitCode(folder);
  if (code !== null) return { status: 'exited', code };
  const pid = pidOf(folder);
  if (pid === null) {
    if (isOurs || !giveUp(folder)) return { status: 'starting' };
    return { status: 'vanished' };
  }
  if (isSupervisor(pid, folder)) return { status: 'running' };
  // it may have ended between the two looks
  const late = exitCode(folder);
  if (late !== null) return { status: 'exited', code: late };
  return { status: 'vanished' };
}

/** Ends everything that an attempt started. */
export function signalAttempt(folder: string, signal: 'SIGTERM' | 'SIGKILL'): void {
  const pid = pidOf(folder);
  if (pid === null) return;
  try {
    // The group's number stays taken while anything of it lives, also after its leader is gone.
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

/** Process ids are used again, so the process must also say that it is about this folder. */
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
