import { basename, resolve } from 'node:path';
import { chooseJudge } from '../../app/choose-judge.ts';
import { ModelEndpoints } from '../../app/open-endpoints.ts';
import { openStore } from '../../app/open-store.ts';
import { systemClock } from '../../app/system-clock.ts';
import type { Item } from '../../domain/item.ts';
import type { JudgeSpec } from '../../domain/job.ts';
import { fixedAllocation } from '../../engine/allocation/fixed.ts';
import { recordedVotes } from '../../engine/run/recorded-votes.ts';
import { run } from '../../engine/run/run.ts';
import { hashValue } from '../../files/content-hash.ts';
import { checkKnownClaims } from '../../raters/facts/evaluation/check-known-claims.ts';
import { claimRater, outcomeOf } from '../../raters/facts/evaluation/claim-rater.ts';
import { ClaimTally } from '../../raters/facts/evaluation/claim-tally.ts';
import { type KnownClaims, readKnownClaims } from '../../raters/facts/evaluation/read-known-claims.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line } from '../io.ts';
import type { JudgeFlags } from '../judge-options.ts';
import { numberOption } from '../number-option.ts';
import { showProgress } from '../show-progress.ts';
import { claimLines } from './claim-lines.ts';
import { drawClaims } from './draw-claims.ts';

export interface ClaimFlags extends JudgeFlags {
  readonly passages?: string;
  readonly limit?: string;
  readonly seed: string;
  readonly concurrency: string;
  readonly replies: string;
  readonly retryErrors?: true;
  readonly json?: true;
}

/** `quorate facts eval`: has claims verified of which it is known whether they are true, and counts who was right. */
export async function evaluateClaims(
  io: CommandIo,
  files: readonly string[],
  flags: ClaimFlags,
): Promise<ExitCode> {
  const seed = numberOption('--seed', flags.seed, { whole: true });
  const least = { whole: true, min: 1 };
  const passages =
    flags.passages === undefined ? Infinity : numberOption('--passages', flags.passages, least);
  const limit = flags.limit === undefined ? null : numberOption('--limit', flags.limit, least);
  const drawn = await drawClaims(
    files.map((file) => resolve(io.cwd, file)),
    { limit, seed },
  );
  const named = flags.provider !== undefined || flags.job !== undefined;
  const judge = named ? await chooseJudge(flags, io) : null;
  const groups = async function* () {
    for (const { file, wanted } of drawn.files) yield* readKnownClaims(file, wanted);
  };
  const tally = new ClaimTally({ judge: judge !== null });
  if (judge === null) await checkKnownClaims(groups(), passages, tally);
  else await askAll(io, groups, { judge, passages, flags, seed, files }, tally);
  const report = tally.report();
  if (flags.json === true) {
    const head = { verifier: judge?.id ?? 'checker without a model', passages: flags.passages ?? 'all' };
    line(io, JSON.stringify({ ...head, ...report }, null, 2));
  } else for (const text of claimLines(report, judge)) line(io, text);
  return exitCodes.ok;
}

interface Asking {
  readonly judge: JudgeSpec;
  readonly passages: number;
  readonly flags: ClaimFlags;
  readonly seed: number;
  readonly files: readonly string[];
}

async function askAll(
  io: CommandIo,
  groups: () => AsyncGenerator<KnownClaims>,
  { judge, passages, flags, seed, files }: Asking,
  tally: ClaimTally,
): Promise<void> {
  const concurrency = numberOption('--concurrency', flags.concurrency, { whole: true, min: 1 });
  const endpoints = new ModelEndpoints({ env: io.env, concurrency, seed });
  const store = await openStore(resolve(io.cwd, flags.replies));
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
      retryErrors: flags.retryErrors === true,
      clock: systemClock,
      progress: showProgress(io, systemClock.now),
      signal: io.signal,
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
