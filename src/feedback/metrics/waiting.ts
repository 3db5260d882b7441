import type { RegistryEntry } from '../../domain/model-version.ts';
import type { StoredEvent } from '../../ports/feedback-store.ts';
import { studentQuantile } from '../../stats/special/student-t.ts';
import type { MetricValue } from './rate-tally.ts';
import { asksForChange } from './window-tally.ts';

/** A version that entered production. */
export interface ModelUpdate {
  /** Its name in feedback events. */
  readonly version: string;
  readonly atMs: number;
  /** Versions of the same model whose feedback it can answer; null: any other version. */
  readonly model: ReadonlySet<string> | null;
}

/** An update with the requests that it answers: those since the previous update. */
export interface AnsweredUpdate {
  readonly version: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly events: number;
  /** Median wait of those events; null without any. */
  readonly waited_days: number | null;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Promotions to production of all models, oldest first. Rollbacks are not updates. */
export function updatesOfRegistry(histories: readonly (readonly RegistryEntry[])[]): ModelUpdate[] {
  const updates = histories.flatMap((history) => {
    const served = new Map<string, string>();
    for (const entry of history) if (entry.kind === 'registered') served.set(entry.version, entry.served_as);
    const model = new Set(served.values());
    return history.flatMap((entry) =>
      entry.kind === 'moved' && entry.to === 'production' && entry.basis.kind !== 'rollback'
        ? [{ version: served.get(entry.version) ?? entry.version, atMs: Date.parse(entry.at), model }]
        : [],
    );
  });
  return updates.sort((one, other) => one.atMs - other.atMs);
}

/** Waiting times of requests, by hour: memory grows with versions and hours, not with events. */
export class Waiting {
  readonly #hours = new Map<string, Map<number, number>>();
  readonly #firstSeen = new Map<string, number>();

  see(version: string, atMs: number): void {
    if (!(atMs >= (this.#firstSeen.get(version) ?? Infinity))) this.#firstSeen.set(version, atMs);
  }

  addEvent({ event, supersededBy, decision }: StoredEvent, atMs: number): void {
    this.see(event.model_version, atMs);
    if (supersededBy !== undefined || decision?.weight === 0 || !asksForChange(event)) return;
    const hours = this.#hours.get(event.model_version) ?? new Map<number, number>();
    this.#hours.set(event.model_version, hours);
    const hour = Math.floor(atMs / hourMs);
    hours.set(hour, (hours.get(hour) ?? 0) + 1);
  }

  /** Updates without a registry: every version except the first, at its first event. */
  firstSeen(): ModelUpdate[] {
    return [...this.#firstSeen]
      .map(([version, atMs]) => ({ version, atMs, model: null }))
      .sort((one, other) => one.atMs - other.atMs)
      .slice(1);
  }

  /** The updates in the window, each with the requests that it answers. */
  answered(updates: readonly ModelUpdate[], sinceMs: number, untilMs: number): AnsweredUpdate[] {
    return updates.flatMap((update, index) => {
      const { version, atMs, model } = update;
      if (atMs < sinceMs || atMs >= untilMs) return [];
      const before = updates.slice(0, index).findLast((other) => sameModel(other, update));
      const waits = this.#waits(before?.atMs ?? -Infinity, atMs, (other) =>
        isAnswered(other, version, model),
      );
      const events = waits.reduce((sum, { count }) => sum + count, 0);
      return [{ version, at: new Date(atMs).toISOString(), events, waited_days: medianDays(waits, events) }];
    });
  }

  /** Days since the oldest unanswered request; null without one. */
  oldestDays(updates: readonly ModelUpdate[], untilMs: number): number | null {
    let oldest = Infinity;
    for (const [version, hours] of this.#hours) {
      const last = updates.findLast(
        ({ atMs, version: newer, model }) => atMs < untilMs && isAnswered(version, newer, model),
      );
      for (const hour of hours.keys()) {
        const atMs = (hour + 0.5) * hourMs;
        if (atMs < untilMs && atMs >= (last?.atMs ?? -Infinity)) oldest = Math.min(oldest, atMs);
      }
    }
    return oldest === Infinity ? null : (untilMs - oldest) / dayMs;
  }

  #waits(sinceMs: number, untilMs: number, counts: (version: string) => boolean) {
    const waits: { readonly days: number; readonly count: number }[] = [];
    for (const [version, hours] of this.#hours) {
      if (!counts(version)) continue;
      for (const [hour, count] of hours) {
        const atMs = (hour + 0.5) * hourMs;
        if (atMs >= sinceMs && atMs < untilMs) waits.push({ days: (untilMs - atMs) / dayMs, count });
      }
    }
    return waits.sort((one, other) => one.days - other.days);
  }
}

/** Mean over updates of their median wait in days, with Student's t interval; n counts updates. */
export function timeToImprovement(answered: readonly AnsweredUpdate[]): MetricValue {
  const days = answered.flatMap(({ waited_days }) => waited_days ?? []);
  const n = days.length;
  if (n === 0) {
    return {
      value: null,
      low: null,
      high: null,
      n,
      reason: 'no model update answered feedback in this window',
    };
  }
  const value = days.reduce((sum, one) => sum + one, 0) / n;
  if (n === 1) return { value, low: null, high: null, n, reason: 'one update has no spread' };
  const variance = days.reduce((sum, one) => sum + (one - value) ** 2, 0) / (n - 1);
  const half = studentQuantile(0.975, n - 1) * Math.sqrt(variance / n);
  return { value, low: Math.max(0, value - half), high: value + half, n };
}

function sameModel(one: ModelUpdate, other: ModelUpdate): boolean {
  return one.model === null || other.model === null || one.model.has(other.version);
}

function isAnswered(version: string, newer: string, model: ReadonlySet<string> | null): boolean {
  return version !== newer && (model === null || model.has(version));
}

function medianDays(
  waits: readonly { readonly days: number; readonly count: number }[],
  events: number,
): number | null {
  let seen = 0;
  for (const { days, count } of waits) {
    seen += count;
    if (seen >= events / 2) return days;
  }
  return null;
}
