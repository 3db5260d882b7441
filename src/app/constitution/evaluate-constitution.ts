import { basename } from 'node:path';
import type { Constitution } from '../../domain/constitution.ts';
import { ConfigError } from '../../domain/errors.ts';
import type { JudgeSpec } from '../../domain/job.ts';
import type { Vote } from '../../domain/vote.ts';
import { fixedAllocation } from '../../engine/allocation/fixed.ts';
import { recordedVotes } from '../../engine/run/recorded-votes.ts';
import { run } from '../../engine/run/run.ts';
import { hashValue } from '../../files/content-hash.ts';
import type { Providers } from '../../ports/provider.ts';
import { ConstitutionRater } from '../../raters/constitution/constitution-rater.ts';
import {
  type EvaluationReport,
  EvaluationTally,
} from '../../raters/constitution/evaluation/evaluation-tally.ts';
import { type KnownPair, readKnownPairs } from '../../raters/constitution/evaluation/read-known-pairs.ts';
import { seededRandom, shuffled } from '../../stats/random.ts';
import { type AppContext, progressEvents } from '../context.ts';
import { ModelEndpoints } from '../open-endpoints.ts';
import { openStore } from '../open-store.ts';

export interface EvaluationRequest {
  readonly constitution: Constitution;
  readonly judge: JudgeSpec;
  /** Where the judge's provider is found; default: the shipped ones. */
  readonly providers?: Providers;
  /** Files of pairs with a known better response. */
  readonly files: readonly string[];
  /** Pairs drawn from each file; null: all. */
  readonly limit: number | null;
  readonly principlesPerPair: number;
  /** Samples of a question without log-probabilities. */
  readonly samples: number;
  /** Length of the reasoning before a verdict without log-probabilities; null: none. */
  readonly reasonWords: number | null;
  readonly seed: number;
  readonly concurrency: number;
  /** Database that keeps the replies. */
  readonly replies: string;
}

export interface ConstitutionEvaluation {
  readonly report: EvaluationReport;
  /** Lines of the files that hold no pair. */
  readonly skipped: number;
  /** Pairs to which no principle applies. */
  readonly unasked: number;
}

/** Measures how often the preferences under a constitution agree with known labels. @throws ConfigError, ProviderError */
export async function evaluateConstitution(
  request: EvaluationRequest,
  context: AppContext,
): Promise<ConstitutionEvaluation> {
  const { constitution, judge, providers, files, seed, concurrency, reasonWords } = request;
  const settings = {
    principlesPerPair: request.principlesPerPair,
    samples: request.samples,
    labels: 'soft' as const,
    temperature: 1,
    clamp: null,
  };
  const read = await readAll(request);
  const endpoints = new ModelEndpoints({ env: context.env, concurrency, seed, providers });
  const store = await openStore(request.replies);
  try {
    const endpoint = await endpoints.open(judge);
    const { capabilities } = endpoint.model;
    const rater = new ConstitutionRater({ constitution, judge, capabilities, settings, seed, reasonWords });
    const panel = [{ rater, endpoint, others: new Map(), raterBudget: null }];
    const runName = `constitution-eval/${hashValue([constitution, judge.id, files.map((file) => basename(file))]).slice(0, 16)}`;
    const items = () => pairs.map(({ item }) => item);
    const pairs = read.pairs.filter(({ item }) => rater.tasks(item).length > 0);
    if (pairs.length === 0) throw nothingApplies(constitution, read.pairs);
    const tasks = pairs.reduce((sum, { item }) => sum + rater.tasks(item).length, 0);
    await run({
      run: runName,
      items,
      total: { items: pairs.length, tasks },
      panel,
      allocation: fixedAllocation(),
      store,
      budget: { maxUsd: null, perItemUsd: null },
      concurrency,
      retryErrors: false,
      clock: context.clock,
      progress: progressEvents(context),
      signal: context.signal,
    });
    const tally = new EvaluationTally();
    const votes = new Map<string, Vote[]>(pairs.map(({ item }) => [item.id, []]));
    for await (const vote of recordedVotes(runName, items(), panel, store)) votes.get(vote.item)!.push(vote);
    for (const pair of pairs) tally.add(pair, votes.get(pair.item.id)!);
    return { report: tally.report(), skipped: read.skipped, unasked: read.pairs.length - pairs.length };
  } finally {
    await store.close();
    await endpoints.close();
  }
}

async function readAll({ files, limit, seed }: EvaluationRequest) {
  const pairs: KnownPair[] = [];
  let skipped = 0;
  for (const file of files) {
    const found = await readKnownPairs(file);
    const drawn = shuffled(found.pairs, seededRandom(`${seed}/${basename(file)}`));
    pairs.push(...(limit === null ? found.pairs : drawn.slice(0, limit)));
    skipped += found.skipped;
  }
  if (pairs.length > 0) return { pairs, skipped };
  throw new ConfigError(`no pairs in ${files.map((file) => basename(file)).join(', ')}`);
}

function nothingApplies({ id, principles }: Constitution, pairs: readonly KnownPair[]): ConfigError {
  const named = (categories: readonly string[]) => [...new Set(categories)].sort().join(', ') || 'none';
  const wanted = named(principles.flatMap(({ categories }) => categories ?? []));
  const there = named(pairs.flatMap(({ item }) => item.category ?? []));
  return new ConfigError(`no principle of "${id}" applies to any of the pairs`, [], {
    hint: `its principles are for the categories ${wanted}; the pairs have ${there}`,
  });
}
