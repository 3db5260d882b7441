import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readPreferences } from '../datasets/read-preferences.ts';
import { InputError } from '../domain/errors.ts';
import type { Item } from '../domain/item.ts';
import type { Job } from '../domain/job.ts';
import type { Preference } from '../domain/preference.ts';
import type { Vote } from '../domain/vote.ts';
import { readItems } from '../files/items.ts';
import { readVotes } from '../files/votes.ts';
import type { StoredReply } from '../ports/reply-cache.ts';
import type { RunStore } from '../ports/run-store.ts';
import { openStore } from './open-store.ts';
import { type RunReport, resultFiles } from './write-results.ts';

/** A task of a rater on an item: its votes, and the calls that they were parsed from. */
export interface ExplainedTask {
  readonly rater: string;
  readonly task: string;
  /** The rater's weight in the reconciliation, as log-odds; null where it has none. */
  readonly weight: number | null;
  readonly votes: readonly Vote[];
  readonly calls: readonly StoredReply[];
  readonly cost_usd: number | null;
}

/** Everything recorded about an item of a run. */
export interface Explanation {
  readonly item: Item;
  readonly preferences: readonly Preference[];
  readonly basis: string | null;
  readonly tasks: readonly ExplainedTask[];
  /** Votes of humans or earlier runs that the job adds. */
  readonly joined: readonly Vote[];
}

/** Collects the records of an item. @throws InputError where the job has no such item, StoreError where nothing ran yet. */
export async function explainItem(job: Job, id: string, rater?: string): Promise<Explanation> {
  const item = await findItem(job, id);
  const report = await readReport(job);
  const store = await openStore(job.store, { mustExist: true });
  try {
    return {
      item,
      preferences: await preferencesOf(job, id),
      basis: report?.reconciliation.basis ?? null,
      tasks: await tasksOf(job, id, rater, store, report),
      joined: await joinedVotes(job, id),
    };
  } finally {
    await store.close();
  }
}

async function findItem(job: Job, id: string): Promise<Item> {
  for await (const item of readItems(job.items)) if (item.id === id) return item;
  throw new InputError(job.items, null, `has no item "${id}"`, {
    hint: 'give an id of the items file',
  });
}

async function tasksOf(
  job: Job,
  item: string,
  rater: string | undefined,
  store: RunStore,
  report: RunReport | null,
): Promise<ExplainedTask[]> {
  const weights = new Map(report?.reconciliation.raters.map((one) => [one.rater, one.weight]));
  const order = job.panel.map((judge) => judge.id);
  const found = await store.tasksOf(job.name, [item]);
  const tasks = found
    .filter((task) => rater === undefined || task.rater === rater)
    .sort(
      (a, b) =>
        order.indexOf(a.rater) - order.indexOf(b.rater) || compare(a.rater + a.task, b.rater + b.task),
    );
  return Promise.all(
    tasks.map(async (task) => {
      const calls = await Promise.all(task.replies.map((key) => store.findReply(key)));
      return {
        rater: task.rater,
        task: task.task,
        weight: weights.get(task.rater) ?? null,
        votes: task.votes,
        calls: calls.filter((call) => call !== null),
        cost_usd: task.costUsd,
      };
    }),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

async function preferencesOf(job: Job, item: string): Promise<Preference[]> {
  const found: Preference[] = [];
  const file = join(job.out, resultFiles.preferences);
  try {
    for await (const preference of readPreferences(file))
      if (preference.item === item) found.push(preference);
  } catch (error) {
    // A run that was interrupted has votes, but no preferences yet.
    if (!isMissing(error)) throw error;
  }
  return found;
}

async function joinedVotes(job: Job, item: string): Promise<Vote[]> {
  const found: Vote[] = [];
  for (const file of job.votes)
    for await (const vote of readVotes(file)) if (vote.item === item) found.push(vote);
  return found;
}

async function readReport(job: Job): Promise<RunReport | null> {
  try {
    return JSON.parse(await readFile(join(job.out, resultFiles.report), 'utf8')) as RunReport;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  const cause = error instanceof InputError ? error.cause : error;
  return (cause as NodeJS.ErrnoException | null)?.code === 'ENOENT';
}
