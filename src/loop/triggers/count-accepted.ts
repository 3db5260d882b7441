import { existsSync } from 'node:fs';
import { readRecords } from '../../files/read-records.ts';

/** Accepted pairs in files of preferences, streamed; null where no file is named, or none is there yet. */
export async function countAccepted(files: readonly string[]): Promise<number | null> {
  const there = files.filter((file) => existsSync(file));
  if (there.length === 0) return null;
  let count = 0;
  for (const file of there)
    for await (const { record } of readRecords(file)) if (record.status === 'accepted') count += 1;
  return count;
}
