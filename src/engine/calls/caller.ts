import type { LimitFunction } from 'p-limit';
import { BudgetError, StoreError } from '../../domain/errors.ts';
import { ProviderError } from '../../domain/provider-error.ts';
import type { ChatReply, ChatRequest } from '../../ports/chat-model.ts';
import type { Clock } from '../../ports/clock.ts';
import type { CallEnd, Permit } from '../../ports/limiter.ts';
import type { RecordedReply } from '../../ports/rater.ts';
import type { PaidReply, StoredReply } from '../../ports/reply-cache.ts';
import type { RunStore } from '../../ports/run-store.ts';
import type { BatchQueue, QueuedQuestion } from './batch/batch-queue.ts';
import type { Budget, Payer, Reservation, TaskFunds } from './budget.ts';
import { costBound, costOf } from './cost.ts';
import { blamesTheServer, endsTheRun, mayBeBilled } from './failed-call.ts';
import type { ModelEndpoint } from './model-endpoint.ts';
import { replyKey } from './reply-key.ts';
import type { RunControl } from './run-control.ts';
import type { Tally } from './tally.ts';

/** What all callers of a run share. */
export interface CallerContext {
  readonly run: string;
  readonly store: RunStore;
  readonly budget: Budget;
  readonly control: RunControl;
  readonly tally: Tally;
  readonly clock: Clock;
  /** Bounds the calls in flight at all models together. */
  readonly slots: LimitFunction;
}

interface Call {
  readonly key: string;
  readonly request: ChatRequest;
  readonly payer: Payer;
  readonly reservation: Reservation | null;
}

/** Consecutive failed questions, retries included, after which a server counts as unavailable. */
const failuresInARow = 20;

/**
 * Calls the model of one endpoint and pays at most once for a question: store, budget, rate limits, then the call with its
 * retries. A reply is durable before it is returned.
 */
export class Caller {
  readonly #endpoint: ModelEndpoint;
  readonly #context: CallerContext;
  /** Null where questions are asked one by one. */
  readonly #queue: BatchQueue | null;
  readonly #asking = new Map<string, Promise<RecordedReply>>();
  #failed = 0;

  constructor(endpoint: ModelEndpoint, context: CallerContext, queue: BatchQueue | null = null) {
    this.#endpoint = endpoint;
    this.#context = context;
    this.#queue = queue;
  }

  /** @throws ProviderError when retries are over, BudgetError at a limit, the run's reason when it was stopped. */
  async ask(request: ChatRequest, payer: Payer, funds?: TaskFunds): Promise<RecordedReply> {
    const key = replyKey(this.#endpoint.model, request);
    const asked = this.#asking.get(key);
    if (asked !== undefined) return this.#served(await asked, payer);
    const asking = this.#find(key, request, payer, funds);
    this.#asking.set(key, asking);
    try {
      return await asking;
    } finally {
      this.#asking.delete(key);
    }
  }

  async #find(key: string, request: ChatRequest, payer: Payer, funds?: TaskFunds): Promise<RecordedReply> {
    const { store } = this.#context;
    const found = await store.findPaidReply(key);
    if (found !== null) return this.#served(found, payer);
    const batched =
      this.#queue === null ? null : await this.#askInBatch(this.#queue, { key, request, payer });
    return batched ?? this.#callWithRetry(key, request, payer, funds);
  }

  /**
   * Asks at batch price. The reservation is not stored: the open batch is, and after a crash it is collected before
   * anything new is asked. @returns null where the question must be asked synchronously.
   */
  async #askInBatch(queue: BatchQueue, question: QueuedQuestion): Promise<RecordedReply | null> {
    const { budget, tally } = this.#context;
    const { model, price } = this.#endpoint;
    const { request, payer } = question;
    const reservation =
      budget.limits(payer.rater) && price !== null
        ? await budget.reserve(payer, costBound(model, request, price) * queue.priceShare)
        : null;
    let spentUsd = 0;
    tally.inFlight += 1;
    try {
      const answer = await queue.ask(question);
      if (answer.outcome !== 'reply') return null;
      const { recorded } = answer;
      spentUsd = recorded.costUsd ?? reservation?.usd ?? 0;
      tally.calls += 1;
      tally.costUsd += recorded.costUsd ?? 0;
      if (recorded.costUsd === null) tally.costKnown = false;
      return recorded;
    } catch (error) {
      throw error instanceof ProviderError ? this.#giveUp(error) : this.#stopOn(error);
    } finally {
      tally.inFlight -= 1;
      if (reservation !== null) budget.book(payer, reservation, spentUsd);
    }
  }

  #served({ key, reply, costUsd, latencyMs }: RecordedReply | PaidReply, payer: Payer): RecordedReply {
    this.#context.tally.cached += 1;
    this.#context.budget.chargeItem(payer.item, costUsd ?? 0);
    return { key, reply, costUsd, latencyMs, cached: true };
  }

  async #callWithRetry(
    key: string,
    request: ChatRequest,
    payer: Payer,
    funds?: TaskFunds,
  ): Promise<RecordedReply> {
    const { control, clock } = this.#context;
    for (let failures = 1; ; failures += 1) {
      control.signal.throwIfAborted();
      try {
        const recorded = await this.#callOnce(key, request, payer, failures === 1 ? funds : undefined);
        this.#failed = 0;
        return recorded;
      } catch (error) {
        if (!(error instanceof ProviderError)) throw this.#stopOn(error);
        const waitMs = endsTheRun(error) ? null : this.#endpoint.retry(error, failures);
        if (waitMs === null) throw this.#giveUp(error);
        await clock.sleep(waitMs, control.signal);
      }
    }
  }

  async #callOnce(
    key: string,
    request: ChatRequest,
    payer: Payer,
    funds?: TaskFunds,
  ): Promise<RecordedReply> {
    const { budget, control } = this.#context;
    const { limiter, price } = this.#endpoint;
    const reservation =
      budget.limits(payer.rater) && price !== null
        ? await budget.reserve(payer, costBound(this.#endpoint.model, request, price), funds)
        : null;
    const permit = await limiter.enter(tokensOf(request), control.signal).catch((error: unknown) => {
      if (reservation !== null) budget.book(payer, reservation, 0);
      throw error;
    });
    // The slot comes last: a call that waits for money or for a rate limit must not block another call.
    return this.#context.slots(() => this.#complete({ key, request, payer, reservation, permit }));
  }

  async #complete(call: Call & { readonly permit: Permit }): Promise<RecordedReply> {
    const { budget, tally, clock, control } = this.#context;
    const { request, payer, reservation, permit } = call;
    if (control.stopped) {
      permit.end({ outcome: 'abandoned' });
      if (reservation !== null) budget.book(payer, reservation, 0);
      throw control.reason;
    }
    if (reservation !== null) await budget.persist(payer, reservation);
    tally.inFlight += 1;
    const started = clock.now();
    let reply: ChatReply;
    try {
      reply = await this.#endpoint.model.complete(request, { signal: control.callSignal });
    } catch (error) {
      permit.end(endOf(error));
      if (reservation !== null) await this.#settle(error, payer, reservation);
      throw error;
    } finally {
      tally.inFlight -= 1;
    }
    const latencyMs = clock.now() - started;
    const tokens = reply.usage === null ? null : reply.usage.input + reply.usage.output;
    permit.end({ outcome: 'reply', tokens, latencyMs });
    return this.#record(call, reply, latencyMs);
  }

  async #record(call: Call, reply: ChatReply, latencyMs: number): Promise<RecordedReply> {
    const { run, store, budget, tally, clock } = this.#context;
    const { model, price } = this.#endpoint;
    const { key, payer, reservation } = call;
    const costUsd = costOf(reply.usage, price);
    const { task: _task, ...request } = call.request;
    const stored: StoredReply = {
      key,
      provider: model.provider,
      model: model.model,
      baseUrl: model.baseUrl,
      request,
      reply,
      costUsd,
      latencyMs,
      at: new Date(clock.now()).toISOString(),
    };
    // A reply without token counts was billed too: its hold counts as spent.
    const hold = costUsd === null ? null : (reservation?.id ?? null);
    await store.recordReply(stored, { run, ...payer, hold });
    tally.calls += 1;
    tally.costUsd += costUsd ?? 0;
    if (costUsd === null) tally.costKnown = false;
    if (reservation !== null) {
      if (costUsd === null) await budget.forfeit(payer, reservation);
      else budget.book(payer, reservation, costUsd);
    }
    return { key, reply, costUsd, latencyMs, cached: false };
  }

  /** An abandoned call may be billed, like one that timed out. */
  #settle(error: unknown, payer: Payer, reservation: Reservation): Promise<void> {
    const { budget } = this.#context;
    const billed = error instanceof ProviderError ? mayBeBilled(error) : true;
    return billed ? budget.forfeit(payer, reservation) : budget.free(payer, reservation);
  }

  /** The question has failed. The run continues, unless the error means that every further call would fail too. */
  #giveUp(error: ProviderError): ProviderError {
    this.#context.tally.lastFailure = error;
    if (blamesTheServer(error)) this.#failed += 1;
    if (endsTheRun(error)) {
      this.#context.control.stop(error);
    } else if (this.#failed >= failuresInARow) {
      this.#context.control.stop(serverUnavailable(error));
    }
    return error;
  }

  /** After a store failure calls in flight cannot be recorded; at a budget's end they are completed and recorded. */
  #stopOn(error: unknown): unknown {
    const { control } = this.#context;
    if (error instanceof StoreError) control.abandon(error);
    else if (error instanceof BudgetError && error.scope === 'run') control.stop(error);
    return error;
  }
}

function endOf(error: unknown): CallEnd {
  if (!(error instanceof ProviderError)) return { outcome: 'abandoned' };
  const { kind, retryAfterMs } = error;
  return { outcome: 'error', kind, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

function tokensOf(request: ChatRequest): number {
  const characters = request.messages.reduce((sum, { content }) => sum + content.length, 0);
  return Math.ceil(characters / 4) + request.maxTokens;
}

function serverUnavailable(error: ProviderError): ProviderError {
  return new ProviderError(
    error.kind,
    `${failuresInARow} questions in a row failed at ${error.provider}, the last with: ${error.message}`,
    {
      cause: error,
      provider: error.provider,
      model: error.model,
      hint:
        `${error.hint === undefined ? '' : `${error.hint}; `}once the server recovers, ` +
        'the same command with --retry-errors continues and repeats those questions',
    },
  );
}
