import { readRecords } from '../../files/read-records.ts';

/** Accepted pairs in files of preferences, streamed; null where no file is named. */
export async function countAccepted(files: readonly string[]): Promise<number | null> {
  if (files.length === 0) return null;
  let count = 0;
  for (const file of files)
    for await (const { record } of readRecords(file)) if (record.status === 'accepted') count += 1;
  return count;
}
