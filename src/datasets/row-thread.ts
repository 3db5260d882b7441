import { parentPort, workerData } from 'node:worker_threads';
import type { ThreadAnswer } from './open-row-thread.ts';
import { openRows, type PlacedExample, type RowsPlan } from './write-rows.ts';

// The writing half of an export, on a thread of its own: an array is a batch, null the end.
const port = parentPort!;
const answer = (message: ThreadAnswer): void => port.postMessage(message);
const opened = openRows(workerData as RowsPlan);
let last: Promise<void> = Promise.resolve();

port.on('message', (batch: readonly PlacedExample[] | null) => {
  last = last.then(async () => {
    const sink = await opened;
    if (batch !== null) {
      await sink.write(batch);
      answer({ kind: 'taken' });
      return;
    }
    answer({ kind: 'written', written: await sink.close() });
    port.close();
  });
  last.catch((error: NodeJS.ErrnoException) => {
    // structured cloning keeps only the message of an error
    answer({ kind: 'failed', message: error.message, system: { code: error.code, syscall: error.syscall } });
    port.close();
  });
});
