import { resolve } from 'node:path';
import { chooseJudge } from '../../../app/choose-judge.ts';
import { ModelEndpoints } from '../../../app/open-endpoints.ts';
import { openStore } from '../../../app/open-store.ts';
import { systemClock } from '../../../app/system-clock.ts';
import { ConfigError } from '../../../domain/errors.ts';
import type { EventReading } from '../../../domain/failure-category.ts';
import { fixedAllocation } from '../../../engine/allocation/fixed.ts';
import { recordedVotes } from '../../../engine/run/recorded-votes.ts';
import { run } from '../../../engine/run/run.ts';
import {
  commentItem,
  complaintRater,
  readingOfVote,
} from '../../../feedback/understanding/complaint-rater.ts';
import { providerOf } from '../../../providers/index.ts';
import type { CommandIo } from '../../io.ts';
import type { JudgeFlags } from '../../judge-options.ts';
import { numberOption } from '../../number-option.ts';
import { showProgress } from '../../show-progress.ts';

export interface CommentJudgeFlags extends JudgeFlags {
  readonly replies: string;
  readonly maxUsd?: string;
  readonly concurrency: string;
  readonly retryErrors?: true;
}

/** What became of the comments that a judge was to read. Those that it did not read keep what the rules said. */
export interface JudgedComments {
  readonly judge: string;
  /** Comments of which the rules were not sure, equal ones counted once. */
  readonly comments: number;
  readonly read: number;
  /** Replies that could not be read, and calls that failed, by reason. */
  readonly unread: Readonly<Record<string, number>>;
  /** Left to the rules for want of money. */
  readonly not_asked: number;
  readonly calls: number;
}

/** Has a judge read comments through the engine: within the budget, every reply kept, none paid for twice. */
export async function judgeComments(
  io: CommandIo,
  comments: ReadonlySet<string>,
  flags: CommentJudgeFlags,
): Promise<{
  readonly judged: JudgedComments;
  readonly budgetEnd: string | null;
  readonly readingOf: (comment: string) => EventReading | null;
}> {
  const concurrency = numberOption('--concurrency', flags.concurrency, { whole: true, min: 1 });
  const maxUsd = flags.maxUsd === undefined ? null : numberOption('--max-usd', flags.maxUsd, { min: 0 });
  const spec = await chooseJudge(flags, io);
  if (!providerOf(spec.provider).canReadQuestions) {
    throw new ConfigError(`the provider ${spec.provider} cannot read comments`, [], {
      hint: 'name a judge with a model, or leave the judge out: the rules need none',
    });
  }
  const endpoints = new ModelEndpoints({ env: io.env, concurrency, seed: 0 });
  const store = await openStore(resolve(io.cwd, flags.replies));
  try {
    const endpoint = await endpoints.open(spec);
    const panel = [
      {
        rater: complaintRater(spec, endpoint.model.capabilities),
        endpoint,
        others: new Map(),
        raterBudget: null,
      },
    ];
    const name = `feedback-understand/${spec.id}`;
    const items = () => [...comments].map(commentItem);
    const end = await run({
      run: name,
      items,
      total: { items: comments.size, tasks: comments.size },
      panel,
      allocation: fixedAllocation(),
      store,
      budget: { maxUsd, perItemUsd: null },
      concurrency,
      retryErrors: flags.retryErrors === true,
      clock: systemClock,
      progress: showProgress(io, systemClock.now),
      signal: io.signal,
    });
    const readings = new Map<string, EventReading>();
    const unread = new Map<string, number>();
    for await (const vote of recordedVotes(name, items(), panel, store)) {
      const reading = readingOfVote(vote);
      if (reading !== null) readings.set(vote.item, reading);
      else unread.set(vote.reason!, (unread.get(vote.reason!) ?? 0) + 1);
    }
    const failed = [...unread.values()].reduce((sum, count) => sum + count, 0);
    return {
      judged: {
        judge: spec.id,
        comments: comments.size,
        read: readings.size,
        unread: Object.fromEntries([...unread].sort()),
        not_asked: comments.size - readings.size - failed,
        calls: end.calls,
      },
      budgetEnd: end.refused?.message ?? null,
      readingOf: (comment) => readings.get(commentItem(comment).id) ?? null,
    };
  } finally {
    await store.close();
    await endpoints.close();
  }
}

/** For people: who read the comments. */
export function judgedText({ judge, comments, read, unread, not_asked }: JudgedComments): string {
  const reasons = Object.entries(unread).map(([reason, count]) => `${count} ${reason}`);
  return [
    `of ${comments} comments that the rules were not sure of, ${judge} read ${read}`,
    ...(reasons.length === 0 ? [] : [`left to the rules: ${reasons.join(', ')}`]),
    ...(not_asked === 0 ? [] : [`not asked: ${not_asked}`]),
  ].join('; ');
}
