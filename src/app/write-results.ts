import { join } from 'node:path';
import type { Item } from '../domain/item.ts';
import type { Job } from '../domain/job.ts';
import type { Preference } from '../domain/preference.ts';
import type { Vote } from '../domain/vote.ts';
import type { PanelMember } from '../engine/calls/model-endpoint.ts';
import { recordedVotes } from '../engine/run/recorded-votes.ts';
import { readItems } from '../files/items.ts';
import { readVotes } from '../files/votes.ts';
import { writeJsonLines, writeText } from '../files/write-lines.ts';
import type { RunStore, Spending } from '../ports/run-store.ts';
import { type KnowledgeGap, KnowledgeGaps } from '../raters/facts/knowledge-gaps.ts';
import { type PeerRow, PeerTally } from '../raters/panel/peer-tally.ts';
import { type ReconcileOptions, type Reconciliation, VoteCollection } from '../reconcile/reconcile.ts';
import { type CrossChecks, CrossCheckTally } from './cross-checks.ts';
import { MethodComparison, type MethodEffect } from './method-effects.ts';
import { openCalibration } from './open-allocation.ts';
import { type JudgeWarning, JudgeWarnings } from './run/judge-warnings.ts';
import { type RaterCounts, VoteCounter } from './vote-counter.ts';

/**
 * The content of report.json.
 * @example
 * const decided = ({ preferences: counts }: RunReport) => counts.accepted ?? 0;
 */
export interface RunReport {
  readonly job: string;
  readonly items: number;
  /** False where a budget, a failure or an interrupt ended the run early. */
  readonly complete: boolean;
  /** False where all votes came from rules, text features or references. */
  readonly has_llm_judge: boolean;
  readonly raters: readonly RaterCounts[];
  /** What the votes of a judge show as a whole: no verdict, cut prompts, another model, one position. */
  readonly judge_warnings: readonly JudgeWarning[];
  readonly cost: {
    readonly usd: number;
    /** Calls whose price is unknown; their cost is not in `usd`. */
    readonly unpriced_calls: number;
    /** Part of `usd` reserved for calls of unknown outcome: providers may have charged for them. */
    readonly uncertain_usd: number;
    /** Null while nothing is accepted. */
    readonly usd_per_accepted_pair: number | null;
  };
  readonly preferences: Readonly<Record<string, number>>;
  /** The effect of each kind of rater; empty for a single kind. */
  readonly methods: readonly MethodEffect[];
  /** With `verify`, `debate` or `prepare`: their effects on the votes. */
  readonly cross_checks?: CrossChecks;
  /** Recurring claims without evidence in the corpus. */
  readonly knowledge_gaps: readonly KnowledgeGap[];
  readonly reconciliation: Reconciliation['report'];
  /** With `peers: true`: scores by judge and author. */
  readonly peers?: readonly PeerRow[];
}

export const resultFiles = {
  votes: 'votes.jsonl',
  preferences: 'preferences.jsonl',
  report: 'report.json',
} as const;

/** Writes votes, preferences and the report into the job's results folder. */
export async function writeResults(
  job: Job,
  panel: readonly PanelMember[],
  store: RunStore,
  itemCount: number,
  { limit, complete }: { readonly limit: number; readonly complete: boolean },
): Promise<RunReport> {
  const at = (name: string) => join(job.out, name);
  const collection = new VoteCollection(await optionsOf(job));
  const counter = new VoteCounter(panel);
  const warnings = new JudgeWarnings(panel);
  const gaps = panel.some(({ rater }) => rater.kind === 'fact') ? new KnowledgeGaps() : null;
  const checks = isCrossChecked(job) ? new CrossCheckTally() : null;
  const items = tapped(readItems(job.items, limit), (item) => {
    collection.addItem(item);
    warnings.addItem(item);
  });
  const votes = tapped(recordedVotes(job.name, items, panel, store), (vote) => {
    counter.count(vote);
    warnings.add(vote);
    collection.add(vote);
    gaps?.add(vote);
    checks?.add(vote);
  });
  await writeJsonLines(at(resultFiles.votes), votes);
  for (const file of job.votes) for await (const vote of readVotes(file)) collection.add(vote);
  if (job.labels !== null) for await (const label of readVotes(job.labels)) collection.addLabel(label);
  const methods = new MethodComparison(collection, counter.kinds());
  const { preferences, report } = collection.conclude();
  await writeJsonLines(at(resultFiles.preferences), compared(preferences, methods));
  const spending = await store.spending(job.name);
  const raters = counter.raters(spending);
  const whole: RunReport = {
    job: job.name,
    items: itemCount,
    complete,
    has_llm_judge: panel.some(
      ({ endpoint }) => endpoint !== null && endpoint.model.capabilities.languageModel !== false,
    ),
    raters,
    judge_warnings: warnings.list(),
    cost: costs(spending, report.statuses.accepted ?? 0),
    preferences: report.statuses,
    methods: methods.effects(raters),
    ...(checks === null ? {} : { cross_checks: checks.report() }),
    knowledge_gaps: gaps?.list() ?? [],
    reconciliation: report,
    ...(job.peers ? { peers: await peerMatrix(readItems(job.items), readVotes(at(resultFiles.votes))) } : {}),
  };
  await writeText(at(resultFiles.report), [`${JSON.stringify(whole, null, 2)}\n`]);
  return whole;
}

async function optionsOf(job: Job): Promise<ReconcileOptions> {
  const { accept, quorum, sameFamily, targetPrecision, humans, lengthEffects } = job.reconcile;
  const model = (await openCalibration(job.calibration))?.model ?? null;
  return { seed: job.seed, accept, quorum, sameFamily, targetPrecision, humans, lengthEffects, model };
}

function isCrossChecked({ verify, debate, prepare }: Job): boolean {
  return verify !== null || debate || prepare.criteriaBy !== null || prepare.referenceBy !== null;
}

/** The same stream; `see` is called with each element as it passes. */
async function* tapped<T>(stream: AsyncIterable<T>, see: (one: T) => void): AsyncGenerator<T> {
  for await (const one of stream) {
    see(one);
    yield one;
  }
}

function* compared(preferences: Iterable<Preference>, methods: MethodComparison): Generator<Preference> {
  for (const preference of preferences) {
    methods.add(preference);
    yield preference;
  }
}

function costs({ raters, forfeits }: Spending, accepted: number): RunReport['cost'] {
  const uncertain = forfeits.reduce((sum, { usd }) => sum + usd, 0);
  const usd = raters.reduce((sum, rater) => sum + rater.usd, uncertain);
  return {
    usd,
    unpriced_calls: raters.reduce((sum, rater) => sum + rater.unpricedCalls, 0),
    uncertain_usd: uncertain,
    usd_per_accepted_pair: accepted === 0 ? null : usd / accepted,
  };
}

/**
 * Who thinks what of whose responses.
 * @param votes in the order of the items, as a run writes them; votes of items that are not there are passed over.
 */
async function peerMatrix(
  items: AsyncIterable<Item>,
  votes: AsyncIterable<Vote>,
): Promise<readonly PeerRow[]> {
  const tally = new PeerTally();
  const reading = votes[Symbol.asyncIterator]();
  let next = await reading.next();
  for await (const item of items) {
    const ofItem: Vote[] = [];
    for (; next.done !== true && next.value.item === item.id; next = await reading.next())
      ofItem.push(next.value);
    tally.add(
      item,
      ofItem.filter(({ rater_kind }) => rater_kind === 'llm'),
    );
  }
  return tally.rows();
}
