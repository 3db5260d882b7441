import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { openRows, type RowSink, type RowsPlan, type WrittenRows } from './write-rows.ts';

export type ThreadAnswer =
  | { readonly kind: 'taken' }
  | { readonly kind: 'written'; readonly written: WrittenRows }
  | {
      readonly kind: 'failed';
      readonly message: string;
      readonly system: Pick<NodeJS.ErrnoException, 'code' | 'syscall'>;
    };

/** Maximum queued batches: enough to keep both threads busy, few enough to bound memory. */
const maxWaiting = 4;

/** Formats, checks and writes rows on a worker thread while this one reads and redacts. The worker is a file of the built
 * package; when the code runs from its sources, this thread writes.
 */
export async function openRowThread(plan: RowsPlan): Promise<RowSink> {
  const file = fileURLToPath(new URL('./row-thread.js', import.meta.url));
  return existsSync(file) ? startThread(file, plan) : openRows(plan);
}

function startThread(file: string, plan: RowsPlan): RowSink {
  const thread = new Worker(file, {
    workerData: plan,
    // rows live for one batch: a small heap is collected earlier, and holds hundreds of the largest batches
    resourceLimits: { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 400 },
  });
  let waiting = 0;
  let wake = (): void => {};
  let failure: Error | null = null;
  let written: WrittenRows | null = null;
  const fail = (error: Error): void => {
    failure ??= error;
    wake();
  };
  thread.on('message', (answer: ThreadAnswer) => {
    if (answer.kind === 'taken') waiting -= 1;
    else if (answer.kind === 'written') written = answer.written;
    else failure = Object.assign(new Error(answer.message), answer.system);
    wake();
  });
  thread.on('error', fail);
  thread.on('exit', () => {
    if (written === null) fail(new Error('the thread that writes the rows ended early'));
  });
  const until = async (ready: () => boolean): Promise<void> => {
    while (failure === null && !ready()) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    if (failure === null) return;
    await thread.terminate();
    throw failure;
  };
  return {
    async write(examples) {
      waiting += 1;
      thread.postMessage(examples);
      await until(() => waiting < maxWaiting);
    },
    async close() {
      thread.postMessage(null);
      await until(() => written !== null);
      return written!;
    },
    async abandon() {
      await thread.terminate();
    },
  };
}
