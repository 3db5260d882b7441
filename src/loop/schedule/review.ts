import type { Firing } from '../../domain/firing.ts';
import type { CadenceTask } from '../../domain/loop.ts';
import { type Assessment, assessTriggers } from '../triggers/assess-triggers.ts';
import type { TriggerParts } from '../triggers/measurement.ts';
import { isCounted, negativeRating, timeText } from '../triggers/measurement.ts';
import { eventsOf } from '../triggers/window.ts';

/** Negative feedback by topic and category: where the index and the prompts need work. */
export interface Complaint {
  readonly topic: string;
  readonly category: string | null;
  readonly count: number;
  /** Ids of up to ten events. */
  readonly events: readonly string[];
}

/** A report of the loop: the state of every trigger, firings, the version in production, and complaints. */
export interface Review {
  readonly kind: 'loop_review';
  readonly version: 1;
  readonly task: CadenceTask;
  readonly at: string;
  readonly model: string;
  readonly production: {
    readonly version: string;
    readonly served_as: string;
    readonly since: string;
  } | null;
  readonly pending_versions: readonly {
    readonly version: string;
    readonly stage: string;
    readonly gate: string | null;
  }[];
  readonly triggers: readonly Assessment[];
  readonly firings: readonly Firing[];
  /** All firings whose action failed, at any time. */
  readonly failed_firings: readonly Firing[];
  readonly complaints: readonly Complaint[];
}

const windowDaysOf: Readonly<Record<CadenceTask, number>> = {
  safety: 1,
  daily: 1,
  weekly: 7,
  monthly: 30,
  quarterly: 90,
};

/** Builds the review of a scheduled task. */
export async function reviewOf(
  task: CadenceTask,
  parts: TriggerParts,
  firings: readonly Firing[],
): Promise<Review> {
  const { loop, model, store, nowMs } = parts;
  const { production } = model;
  return {
    kind: 'loop_review',
    version: 1,
    task,
    at: timeText(nowMs),
    model: loop.model,
    production:
      production === null
        ? null
        : {
            version: production.version,
            served_as: production.served_as,
            since: production.stage_since,
          },
    pending_versions: model.versions
      .filter(({ stage }) => stage === 'candidate' || stage === 'staging')
      .map(({ version, stage, gates }) => ({ version, stage, gate: gates.at(-1)?.answer ?? null })),
    triggers: (await assessTriggers(parts)).map(({ assessment }) => assessment),
    firings,
    failed_firings: (await store.firings()).filter(({ outcome }) => outcome.status === 'failed'),
    complaints: await complaintsOf(parts, windowDaysOf[task]),
  };
}

async function complaintsOf(parts: TriggerParts, windowDays: number): Promise<readonly Complaint[]> {
  const found = new Map<
    string,
    { topic: string; category: string | null; count: number; events: string[] }
  >();
  for await (const stored of eventsOf(parts, { windowDays })) {
    const { event } = stored;
    if (!isCounted(stored)) continue;
    const topic =
      event.kind === 'flag'
        ? event.flag
        : event.kind === 'correction'
          ? 'correction'
          : negativeRating(stored) === 1
            ? 'negative rating'
            : null;
    if (topic === null) continue;
    const category = event.category ?? null;
    const key = JSON.stringify([topic, category]);
    const complaint = found.get(key) ?? { topic, category, count: 0, events: [] };
    found.set(key, complaint);
    complaint.count += 1;
    if (complaint.events.length < 10) complaint.events.push(event.id);
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}
