import { setMaxListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runProgram } from './program.ts';

/** The process around the program: signals, streams, exit code. */
export async function main(): Promise<void> {
  // V8 collects when the heap is twice what lives in it, not four times: a third less memory at the same CPU
  setFlagsFromString('--heap-growing-percent=100');
  const abort = new AbortController();
  // every call in flight listens; each listener is removed when its call ends
  setMaxListeners(0, abort.signal);
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => interrupt(abort, name));
  // A reader that closes the pipe early (`quorate … | head`) is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  process.exitCode = await runProgram(process.argv.slice(2), {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    env: process.env,
    cwd: process.cwd(),
    outIsTerminal: process.stdout.isTTY === true,
    errIsTerminal: process.stderr.isTTY === true,
    signal: abort.signal,
  });
}

/** The first interrupt stops cleanly, the second at once. */
function interrupt(abort: AbortController, name: string): void {
  if (abort.signal.aborted) process.exit(130);
  abort.abort(new DOMException(`interrupted by ${name}`, 'AbortError'));
}
