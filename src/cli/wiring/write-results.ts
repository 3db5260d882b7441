import { join } from 'node:path';
import type { Job } from '../../domain/job.ts';
import type { Vote } from '../../domain/vote.ts';
import type { PanelMember } from '../../engine/lane.ts';
import { recordedVotes } from '../../engine/recorded-votes.ts';
import { readItems } from '../../files/items.ts';
import { readVotes } from '../../files/votes.ts';
import { writeJsonLines, writeText } from '../../files/write-lines.ts';
import { findKnowledgeGaps, type KnowledgeGap } from '../../judges/facts/knowledge-gaps.ts';
import type { PeerRow } from '../../judges/panel/peer-tally.ts';
import type { RunStore, Spending } from '../../ports/run-store.ts';
import {
  type ReconcileInput,
  type ReconcileOptions,
  type Reconciliation,
  reconcileStreamed,
} from '../../reconcile/reconcile.ts';
import { type CrossChecks, crossChecks } from './cross-checks.ts';
import { type MethodEffect, methodEffects } from './method-effects.ts';
import { openCalibration } from './open-calibration.ts';
import { peerMatrix } from './peer-matrix.ts';
import { type RaterCounts, VoteCounter } from './vote-counter.ts';

/** What report.json says. */
export interface RunReport {
  readonly job: string;
  readonly items: number;
  /** False where every opinion came from rules, features or references: then nothing here is a model's judgement. */
  readonly llm_took_part: boolean;
  readonly raters: readonly RaterCounts[];
  readonly cost: {
    readonly usd: number;
    /** Calls whose price is unknown; their cost is not in `usd`. */
    readonly unpriced_calls: number;
    /** Part of `usd` that providers may have taken for calls whose end nobody saw. */
    readonly uncertain_usd: number;
    /** Null while nothing is accepted. */
    readonly usd_per_accepted_pair: number | null;
  };
  readonly preferences: Readonly<Record<string, number>>;
  /** What each kind of rater changed; empty where only one kind took part. */
  readonly methods: readonly MethodEffect[];
  /** With `verify`, `debate` or `prepare`: what these did to the votes. */
  readonly cross_checks?: CrossChecks;
  /** Claims that recur and that no evidence decides. */
  readonly knowledge_gaps: readonly KnowledgeGap[];
  readonly reconciliation: Reconciliation['report'];
  /** With `peers: true`: what each judge thinks of each author. */
  readonly peers?: readonly PeerRow[];
}

export const resultFiles = {
  votes: 'votes.jsonl',
  preferences: 'preferences.jsonl',
  report: 'report.json',
} as const;

/** Writes what a run found into the job's folder for results: votes, preferences and the report. */
export async function writeResults(
  job: Job,
  panel: readonly PanelMember[],
  store: RunStore,
  items: number,
): Promise<RunReport> {
  const at = (name: string) => join(job.out, name);
  const counter = new VoteCounter(panel);
  const votes = counter.counting(recordedVotes(job.name, readItems(job.items), panel, store));
  await writeJsonLines(at(resultFiles.votes), votes);
  const inputs = (): ReconcileInput => ({
    votes: votesOf([at(resultFiles.votes), ...job.votes]),
    items: readItems(job.items),
    ...(job.labels === null ? {} : { labels: readVotes(job.labels) }),
  });
  const options: ReconcileOptions = {
    seed: job.seed,
    accept: job.reconcile.accept,
    quorum: job.reconcile.quorum,
    sameFamily: job.reconcile.sameFamily,
    targetPrecision: job.reconcile.targetPrecision,
    humans: job.reconcile.humans,
    lengthEffects: job.reconcile.lengthEffects,
    model: (await openCalibration(job.calibration))?.model ?? null,
  };
  const { preferences, report } = await reconcileStreamed(inputs(), options);
  await writeJsonLines(at(resultFiles.preferences), preferences);
  const spending = await store.spending(job.name);
  const raters = counter.raters(spending);
  const whole: RunReport = {
    job: job.name,
    items,
    llm_took_part: panel.some(({ lane }) => lane !== null && lane.model.provider !== 'heuristic'),
    raters,
    cost: costs(spending, report.statuses.accepted ?? 0),
    preferences: report.statuses,
    methods: await methodEffects(preferences, inputs, options, raters),
    ...(await crossChecksOf(job, at(resultFiles.votes))),
    knowledge_gaps: await gapsOf(at(resultFiles.votes), panel),
    reconciliation: report,
    ...(job.peers ? { peers: await peerMatrix(readItems(job.items), readVotes(at(resultFiles.votes))) } : {}),
  };
  await writeText(at(resultFiles.report), [`${JSON.stringify(whole, null, 2)}\n`]);
  return whole;
}

async function crossChecksOf(
  { verify, debate, prepare }: Job,
  file: string,
): Promise<Pick<RunReport, 'cross_checks'>> {
  const isAsked = verify !== null || debate || prepare.criteriaBy !== null || prepare.referenceBy !== null;
  return isAsked ? { cross_checks: await crossChecks(readVotes(file)) } : {};
}

async function gapsOf(file: string, panel: readonly PanelMember[]): Promise<readonly KnowledgeGap[]> {
  return panel.some(({ rater }) => rater.kind === 'fact') ? findKnowledgeGaps(readVotes(file)) : [];
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

async function* votesOf(files: readonly string[]): AsyncGenerator<Vote> {
  for (const file of files) yield* readVotes(file);
}
