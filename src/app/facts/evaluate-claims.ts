import { basename } from 'node:path';
import { ConfigError } from '../../domain/errors.ts';
import type { Item } from '../../domain/item.ts';
import type { JudgeSpec } from '../../domain/job.ts';
import { fixedAllocation } from '../../engine/allocation/fixed.ts';
import { recordedVotes } from '../../engine/run/recorded-votes.ts';
import { run } from '../../engine/run/run.ts';
import { hashValue } from '../../files/content-hash.ts';
import type { Providers } from '../../ports/provider.ts';
import { checkKnownClaims } from '../../raters/facts/evaluation/check-known-claims.ts';
import { claimRater, outcomeOf } from '../../raters/facts/evaluation/claim-rater.ts';
import { type ClaimReport, ClaimTally } from '../../raters/facts/evaluation/claim-tally.ts';
import {
  type KnownClaim,
  type KnownClaims,
  readKnownClaims,
} from '../../raters/facts/evaluation/read-known-claims.ts';
import { seededRandom, shuffled } from '../../stats/random.ts';
import { type AppContext, progressEvents } from '../context.ts';
import { ModelEndpoints } from '../open-endpoints.ts';
import { openStore } from '../open-store.ts';

export interface ClaimRequest {
  /** Files of labelled claims with their evidence. */
  readonly files: readonly string[];
  /** Null: the checker without a model. */
  readonly judge: JudgeSpec | null;
  /** Where the judge's provider is found; default: the shipped ones. */
  readonly providers?: Providers;
  /** Passages of the evidence used for each claim; Infinity: all. */
  readonly passages: number;
  /** About this many claims, drawn in whole clusters; null: all. */
  readonly limit: number | null;
  readonly seed: number;
  readonly concurrency: number;
  /** Database that keeps the replies. */
  readonly replies: string;
  readonly retryErrors: boolean;
}

/** Measures the accuracy of claim verdicts against claims with known truth. @throws ConfigError, InputError, ProviderError */
export async function evaluateClaims(request: ClaimRequest, context: AppContext): Promise<ClaimReport> {
  const { judge, passages } = request;
  const drawn = await drawClaims(request.files, request);
  const groups = async function* () {
    for (const { file, wanted } of drawn.files) yield* readKnownClaims(file, wanted);
  };
  const tally = new ClaimTally({ judge: judge !== null });
  if (judge === null) await checkKnownClaims(groups(), passages, tally);
  else await askAll(groups, judge, request, tally, context);
  return tally.report();
}

async function askAll(
  groups: () => AsyncGenerator<KnownClaims>,
  judge: JudgeSpec,
  { passages, seed, files, concurrency, replies, retryErrors, providers }: ClaimRequest,
  tally: ClaimTally,
  context: AppContext,
): Promise<void> {
  const endpoints = new ModelEndpoints({ env: context.env, concurrency, seed, providers });
  const store = await openStore(replies);
  try {
    const endpoint = await endpoints.open(judge);
    const rater = claimRater({ judge: { spec: judge, capabilities: endpoint.model.capabilities }, passages });
    const panel = [{ rater, endpoint, others: new Map(), raterBudget: null }];
    const runName = `facts-eval/${hashValue([judge.id, files.map((file) => basename(file))]).slice(0, 16)}`;
    async function* items(): AsyncGenerator<Item> {
      for await (const { item } of groups()) yield item;
    }
    let tasks = 0;
    for await (const _item of items()) tasks += 1;
    await run({
      run: runName,
      items,
      total: { items: tasks, tasks },
      panel,
      allocation: fixedAllocation(),
      store,
      budget: { maxUsd: null, perItemUsd: null },
      concurrency,
      retryErrors,
      clock: context.clock,
      progress: progressEvents(context),
      signal: context.signal,
    });
    for await (const { item, claims } of groups()) {
      const votes = new Map<string, ReturnType<typeof outcomeOf>>();
      for await (const vote of recordedVotes(runName, [item], panel, store))
        if (vote.kind === 'pointwise') votes.set(vote.candidate, outcomeOf(vote));
      for (const claim of claims) tally.add(claim, votes.get(claim.id)!);
    }
  } finally {
    await store.close();
    await endpoints.close();
  }
}

interface DrawnClaims {
  readonly files: readonly {
    readonly file: string;
    readonly wanted: (claim: KnownClaim, line: number) => boolean;
  }[];
}

/** Reads the files once, so that a broken line is reported before anything is paid, and draws whole clusters up to a limit. */
async function drawClaims(
  files: readonly string[],
  { limit, seed }: { readonly limit: number | null; readonly seed: number },
): Promise<DrawnClaims> {
  const sizes = new Map<string, number>();
  let count = 0;
  for (const file of files) {
    for await (const { claims } of readKnownClaims(file)) {
      count += claims.length;
      if (limit === null) continue;
      for (const claim of claims)
        sizes.set(clusterOf(claim, file), (sizes.get(clusterOf(claim, file)) ?? 0) + 1);
    }
  }
  if (count === 0) throw new ConfigError(`no claims in ${files.map((file) => basename(file)).join(', ')}`);
  if (limit === null) return { files: files.map((file) => ({ file, wanted: () => true })) };
  const chosen = new Set<string>();
  let left = limit;
  for (const cluster of shuffled([...sizes.keys()], seededRandom(`${seed}/claims`))) {
    if (left <= 0) break;
    chosen.add(cluster);
    left -= sizes.get(cluster)!;
  }
  return { files: files.map((file) => ({ file, wanted: (claim) => chosen.has(clusterOf(claim, file)) })) };
}

function clusterOf({ cluster, id }: KnownClaim, file: string): string {
  return cluster === null ? `${basename(file)}:${id}` : `cluster ${cluster}`;
}
