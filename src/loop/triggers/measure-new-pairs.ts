import { existsSync } from 'node:fs';
import type { TriggerRule } from '../../domain/loop.ts';
import { readRecords } from '../../files/read-records.ts';
import type { TriggerParts } from './measurement.ts';
import { type Measurement, timeText } from './measurement.ts';

/** Accepted pairs now, minus those at the start of the last training that produced a version. */
export async function measureNewPairs(parts: TriggerParts, rule: TriggerRule): Promise<Measurement> {
  const { loop, store, nowMs } = parts;
  const accepted = await countAccepted(loop.preferences);
  const last = (await store.trainings()).findLast(
    ({ status, accepted_pairs }) => status === 'registered' && accepted_pairs !== null,
  );
  const value = accepted === null ? null : Math.max(0, accepted - (last?.accepted_pairs ?? 0));
  const standing =
    value === null
      ? 'too_little_data'
      : value > rule.over
        ? 'over'
        : value <= rule.rearmAt
          ? 'under'
          : 'between';
  return {
    standing,
    cause: `since training ${last?.id ?? 'none'}`,
    evidence: {
      value,
      unit: 'accepted pairs',
      over: rule.over,
      bound: null,
      confidence: null,
      n: accepted ?? 0,
      authors: null,
      since: last?.created_at ?? timeText(0),
      until: timeText(nowMs),
      detail: { files: loop.preferences, ...(accepted === null && { why: 'no preferences yet' }) },
    },
  };
}

/** Counts accepted pairs in preference files, streamed; null if no file is configured or none exists yet. */
export async function countAccepted(files: readonly string[]): Promise<number | null> {
  const there = files.filter((file) => existsSync(file));
  if (there.length === 0) return null;
  let count = 0;
  for (const file of there)
    for await (const { record } of readRecords(file)) if (record.status === 'accepted') count += 1;
  return count;
}
