import { ConfigError } from '../../domain/errors.ts';
import type { EventReading } from '../../domain/failure-category.ts';
import type { JudgeSpec } from '../../domain/job.ts';
import { fixedAllocation } from '../../engine/allocation/fixed.ts';
import { recordedVotes } from '../../engine/run/recorded-votes.ts';
import { run } from '../../engine/run/run.ts';
import { commentItem, complaintRater, readingOfVote } from '../../feedback/understanding/complaint-rater.ts';
import type { Providers } from '../../ports/provider.ts';
import { providerOf } from '../../providers/index.ts';
import { type AppContext, progressEvents } from '../context.ts';
import { ModelEndpoints } from '../open-endpoints.ts';
import { openStore } from '../open-store.ts';

export interface CommentJudge {
  readonly spec: JudgeSpec;
  /** Where the judge's provider is found; default: the shipped ones. */
  readonly providers?: Providers;
  /** Database that keeps the replies, and the redacted comments that were sent. */
  readonly replies: string;
  /** Budget of the judge, earlier runs included; null: none. */
  readonly maxUsd: number | null;
  readonly concurrency: number;
  readonly retryErrors: boolean;
}

/** What a judge made of the comments that it was given. The others keep the reading of the rules. */
export interface JudgedComments {
  readonly judge: string;
  /** Distinct comments that the rules were unsure of. */
  readonly comments: number;
  readonly read: number;
  /** Replies that could not be read, and calls that failed, by reason. */
  readonly unread: Readonly<Record<string, number>>;
  /** Left to the rules because the budget was spent. */
  readonly not_asked: number;
  readonly calls: number;
}

/** Has a judge read comments through the engine: within its budget, every reply kept, none paid for twice. */
export async function judgeComments(
  comments: ReadonlySet<string>,
  { spec, providers, replies, maxUsd, concurrency, retryErrors }: CommentJudge,
  context: AppContext,
): Promise<{
  readonly judged: JudgedComments;
  readonly budgetEnd: string | null;
  readonly readingOf: (comment: string) => EventReading | null;
}> {
  if (!providerOf(spec.provider, providers).canReadQuestions) {
    throw new ConfigError(`the provider ${spec.provider} cannot read comments`, [], {
      hint: 'name a judge with a model, or leave the judge out: the rules need none',
    });
  }
  const endpoints = new ModelEndpoints({ env: context.env, concurrency, seed: 0, providers });
  const store = await openStore(replies);
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
      retryErrors,
      clock: context.clock,
      progress: progressEvents(context),
      signal: context.signal,
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
