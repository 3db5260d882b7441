import type { Item } from '../../domain/item.ts';
import { ProviderError } from '../../domain/provider-error.ts';
import type { Vote } from '../../domain/vote.ts';
import type { ChatRequest } from '../../ports/chat-model.ts';
import type { RaterTask, RecordedReply } from '../../ports/rater.ts';
import type { RecordedTask } from '../../ports/run-store.ts';
import type { Budget } from '../calls/budget.ts';
import type { Caller } from '../calls/caller.ts';
import { endsTheRun } from '../calls/failed-call.ts';
import type { ModelEndpoint, PanelMember } from '../calls/model-endpoint.ts';

export interface TaskToPerform {
  readonly member: PanelMember;
  readonly task: RaterTask;
  readonly item: Item;
  readonly fingerprint: string;
  readonly budget: Budget;
  readonly callerOf: (endpoint: ModelEndpoint) => Caller;
  readonly signal: AbortSignal;
}

/** Performs one task and returns its record. @throws the error that must stop the run, or a BudgetError. */
export async function performTask(what: TaskToPerform): Promise<RecordedTask> {
  const { member, task, item, fingerprint, budget, callerOf, signal } = what;
  const { rater, endpoint, others } = member;
  const payer = { rater: rater.id, item: item.id };
  const funds = budget.openTask(payer, ownCallsOf(task));
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
      recorded = await callerOf(from).ask(request, payer, from === endpoint ? funds : undefined);
    } catch (error) {
      if (!(error instanceof ProviderError) || endsTheRun(error)) stopping ??= { error };
      throw error;
    }
    replies[place] = recorded.key;
    costUsd = costUsd === null || recorded.costUsd === null ? null : costUsd + recorded.costUsd;
    return recorded;
  };

  const context = {
    ask: (request: ChatRequest) => askEndpoint(endpoint, 'its own', request),
    askOther: (name: string, request: ChatRequest) => askEndpoint(others.get(name), name, request),
    signal,
  };
  const votes = await rater.perform(task, item, context).finally(() => budget.closeTask(funds));
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

/** Calls to the rater's own model that no other task pays for. */
function ownCallsOf({ calls, shared = [], elsewhere = [] }: RaterTask): number {
  return [...shared, ...elsewhere].reduce((left, part) => left - part.calls, calls);
}

/** Times are stored with the replies; without them the votes of a repeated run are byte-identical. */
function withoutTime({ at: _at, latency_ms: _latency, ...vote }: Vote): Vote {
  return vote as Vote;
}
