import { existsSync } from 'node:fs';
import { readRecords } from '../../files/read-records.ts';

/** Counts accepted pairs in preference files, streamed; null if no file is configured or none exists yet. */
export async function countAccepted(files: readonly string[]): Promise<number | null> {
  const there = files.filter((file) => existsSync(file));
  if (there.length === 0) return null;
  let count = 0;
  for (const file of there)
    for await (const { record } of readRecords(file)) if (record.status === 'accepted') count += 1;
  return count;
}
