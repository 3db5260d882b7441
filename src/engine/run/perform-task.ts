import type { Item } from '../../domain/item.ts';
import { ProviderError } from '../../domain/provider-error.ts';
import type { Vote } from '../../domain/vote.ts';
import type { ChatRequest } from '../../ports/chat-model.ts';
import type { RaterTask, RecordedReply } from '../../ports/rater.ts';
import type { RecordedTask } from '../../ports/run-store.ts';
import type { Caller } from '../calls/caller.ts';
import { endsTheRun } from '../calls/failed-call.ts';
import type { ModelEndpoint, PanelMember } from '../calls/model-endpoint.ts';

export interface TaskToPerform {
  readonly member: PanelMember;
  readonly task: RaterTask;
  readonly item: Item;
  readonly fingerprint: string;
  readonly callerOf: (endpoint: ModelEndpoint) => Caller;
  readonly signal: AbortSignal;
}

/** Performs one task and returns its record. @throws the error that must stop the run, or a BudgetError. */
export async function performTask(what: TaskToPerform): Promise<RecordedTask> {
  const { member, task, item, fingerprint, callerOf, signal } = what;
  const { rater, endpoint, others } = member;
  const replies: string[] = [];
  let asked = 0;
  let costUsd: number | null = 0;
  let stopping: { readonly error: unknown } | null = null;

  const askEndpoint = async (from: ModelEndpoint | null | undefined, name: string, request: ChatRequest) => {
    if (from === null || from === undefined) {
      throw new Error(`rater "${rater.id}" asks the model "${name}", which it was not given`);
    }
    const place = asked;
    asked += 1;
    let recorded: RecordedReply;
    try {
      recorded = await callerOf(from).ask(request, { rater: rater.id, item: item.id });
    } catch (error) {
      if (!(error instanceof ProviderError) || endsTheRun(error)) stopping ??= { error };
      throw error;
    }
    replies[place] = recorded.key;
    costUsd = costUsd === null || recorded.costUsd === null ? null : costUsd + recorded.costUsd;
    return recorded;
  };

  const votes = await rater.perform(task, item, {
    ask: (request) => askEndpoint(endpoint, 'its own', request),
    askOther: (name, request) => askEndpoint(others.get(name), name, request),
    signal,
  });
  // An error that stops the run is thrown even where the rater turned it into an error vote.
  const stopped = stopping as { readonly error: unknown } | null;
  if (stopped !== null) throw stopped.error;
  return {
    item: item.id,
    rater: rater.id,
    task: task.id,
    fingerprint,
    votes: votes.map(withoutTime),
    replies: replies.filter((key) => key !== undefined),
    costUsd,
  };
}

/** Times are stored with the replies; without them the votes of a repeated run are byte-identical. */
function withoutTime({ at: _at, latency_ms: _latency, ...vote }: Vote): Vote {
  return vote as Vote;
}
