import { basename, resolve } from 'node:path';
import { chooseJudge } from '../../app/choose-judge.ts';
import { ModelEndpoints } from '../../app/open-endpoints.ts';
import { openStore } from '../../app/open-store.ts';
import { systemClock } from '../../app/system-clock.ts';
import { loadConstitution } from '../../config/constitution/load-constitution.ts';
import type { Constitution } from '../../domain/constitution.ts';
import { ConfigError } from '../../domain/errors.ts';
import type { Vote } from '../../domain/vote.ts';
import { fixedAllocation } from '../../engine/allocation/fixed.ts';
import { recordedVotes } from '../../engine/run/recorded-votes.ts';
import { run } from '../../engine/run/run.ts';
import { hashValue } from '../../files/content-hash.ts';
import { ConstitutionRater } from '../../raters/constitution/constitution-rater.ts';
import { EvaluationTally } from '../../raters/constitution/evaluation/evaluation-tally.ts';
import { type KnownPair, readKnownPairs } from '../../raters/constitution/evaluation/read-known-pairs.ts';
import { seededRandom, shuffled } from '../../stats/random.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line } from '../io.ts';
import { showProgress } from '../show-progress.ts';
import { evaluationLines } from './evaluation-lines.ts';
import type { EvaluationFlags } from './flags.ts';

/** `quorate constitution eval`: asks the preference questions about known pairs and counts who was right. */
export async function evaluateConstitution(
  io: CommandIo,
  name: string,
  files: readonly string[],
  flags: EvaluationFlags,
): Promise<ExitCode> {
  const constitution = await loadConstitution(name, io.cwd);
  const seed = wholeNumber('--seed', flags.seed, 0);
  const settings = {
    principlesPerPair: wholeNumber('--principles-per-pair', flags.principlesPerPair, 1),
    samples: wholeNumber('--samples', flags.samples, 1),
    labels: 'soft' as const,
    temperature: 1,
    clamp: null,
  };
  const words = wholeNumber('--reason-words', flags.reasonWords, 0);
  const reasonWords = words === 0 ? null : words;
  const read = await readAll(io, files, flags, seed);
  const judge = await chooseJudge(flags, io);
  const concurrency = wholeNumber('--concurrency', flags.concurrency, 1);
  const endpoints = new ModelEndpoints({ env: io.env, concurrency, seed });
  const store = await openStore(resolve(io.cwd, flags.replies));
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
    const left = { skipped: read.skipped, unasked: read.pairs.length - pairs.length };
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
      clock: systemClock,
      progress: showProgress(io, systemClock.now),
      signal: io.signal,
    });
    const tally = new EvaluationTally();
    const votes = new Map<string, Vote[]>(pairs.map(({ item }) => [item.id, []]));
    for await (const vote of recordedVotes(runName, items(), panel, store)) votes.get(vote.item)!.push(vote);
    for (const pair of pairs) tally.add(pair, votes.get(pair.item.id)!);
    const report = tally.report();
    if (flags.json === true) {
      line(
        io,
        JSON.stringify({ constitution: constitution.id, judge: judge.id, ...left, ...report }, null, 2),
      );
    } else {
      for (const text of evaluationLines(report, { constitution, judge, ...left })) line(io, text);
    }
    return exitCodes.ok;
  } finally {
    await store.close();
    await endpoints.close();
  }
}

async function readAll(io: CommandIo, files: readonly string[], { limit }: EvaluationFlags, seed: number) {
  const pairs: KnownPair[] = [];
  let skipped = 0;
  for (const file of files) {
    const found = await readKnownPairs(resolve(io.cwd, file));
    const drawn = shuffled(found.pairs, seededRandom(`${seed}/${basename(file)}`));
    pairs.push(...(limit === undefined ? found.pairs : drawn.slice(0, wholeNumber('--limit', limit, 1))));
    skipped += found.skipped;
  }
  if (pairs.length > 0) return { pairs, skipped };
  throw new ConfigError(`no pairs in ${files.join(', ')}`);
}

function nothingApplies({ id, principles }: Constitution, pairs: readonly KnownPair[]): ConfigError {
  const named = (categories: readonly string[]) => [...new Set(categories)].sort().join(', ') || 'none';
  const wanted = named(principles.flatMap(({ categories }) => categories ?? []));
  const there = named(pairs.flatMap(({ item }) => item.category ?? []));
  return new ConfigError(`no principle of "${id}" applies to any of the pairs`, [], {
    hint: `its principles are for the categories ${wanted}; the pairs have ${there}`,
  });
}

function wholeNumber(flag: string, text: string, least: number): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= least) return value;
  throw new ConfigError(`${flag} must be a whole number from ${least} on, received "${text}"`);
}
