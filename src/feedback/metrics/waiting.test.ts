import { describe, expect, it } from 'vitest';
import { feedbackEvent } from '../../../test/support/feedback-parts.ts';
import type { RegistryEntry } from '../../domain/model-version.ts';
import { timeToImprovement, updatesOfRegistry, Waiting } from './waiting.ts';

const day = 86_400_000;
const start = Date.parse('2026-03-01T00:30:00Z');

function complaints(...waits: readonly (readonly [version: string, afterDays: number])[]): Waiting {
  const waiting = new Waiting();
  for (const [model_version, afterDays] of waits) {
    const atMs = start + afterDays * day;
    const event = feedbackEvent('e', { model_version, signal: { kind: 'thumb', thumb: 'down' } });
    waiting.addEvent({ event, receivedAt: '' }, atMs);
  }
  return waiting;
}

const at = (afterDays: number) => new Date(start + afterDays * day).toISOString();
const registered = (version: string): RegistryEntry => ({
  kind: 'registered',
  version,
  served_as: `bot-${version}`,
  artefact: 'x',
  lineage: {},
  metrics: {},
  revision: 1,
  at: at(0),
  by: 'ann',
});
const promoted = (
  version: string,
  afterDays: number,
  kind: 'first' | 'rollback' = 'first',
): RegistryEntry => ({
  kind: 'moved',
  version,
  from: 'candidate',
  to: 'production',
  basis: { kind },
  reason: 'r',
  revision: 2,
  at: at(afterDays),
  by: 'ann',
});

describe('time from feedback to the update that answers it', () => {
  it('is the median wait since the previous update, on other versions of the same model', () => {
    const updates = updatesOfRegistry([
      [registered('1'), registered('2'), promoted('1', 0), promoted('2', 10), promoted('1', 20, 'rollback')],
    ]);
    expect(updates.map(({ version }) => version)).toEqual(['bot-1', 'bot-2']);
    const waiting = complaints(['bot-1', 1], ['bot-1', 4], ['bot-1', 8], ['other', 2], ['bot-2', 9]);
    const answered = waiting.answered(updates, start + 5 * day, start + 12 * day);
    expect(answered).toEqual([{ version: 'bot-2', at: at(10), events: 3, waited_days: 6 }]);
    expect(timeToImprovement(answered)).toMatchObject({ value: 6, n: 1, low: null });
  });

  it('uses the first event of a version without a registry', () => {
    const waiting = complaints(['m1', 0], ['m1', 2], ['m2', 6], ['m1', 7], ['m3', 9]);
    const updates = waiting.firstSeen();
    expect(updates.map(({ version }) => version)).toEqual(['m2', 'm3']);
    const answered = waiting.answered(updates, start, start + 30 * day);
    expect(answered.map(({ events, waited_days }) => [events, waited_days])).toEqual([
      [2, 4],
      [2, 2],
    ]);
    const { value, low, high } = timeToImprovement(answered);
    expect(value).toBe(3);
    expect(low).toBe(0);
    expect(high!).toBeGreaterThan(10);
  });

  it('includes the age of the oldest unanswered complaint', () => {
    const waiting = complaints(['m1', 0], ['m1', 7], ['m2', 6]);
    expect(waiting.oldestDays(waiting.firstSeen(), start + 20 * day)).toBeCloseTo(14, 5);
    expect(complaints().oldestDays([], start)).toBeNull();
    expect(complaints(['m1', 3]).oldestDays([], start + 20 * day)).toBeCloseTo(17, 5);
  });

  it('is unknown without an update', () => {
    expect(timeToImprovement([])).toMatchObject({ value: null, n: 0 });
  });
});
