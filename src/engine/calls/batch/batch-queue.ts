import type { ChatRequest } from '../../../ports/chat-model.ts';
import type { Payer } from '../budget.ts';
import type { BatchEndpoint } from './batch-endpoint.ts';
import { type BatchOutcome, collectBatch } from './collect-batch.ts';
import { submitBatch } from './submit-batch.ts';

export interface QueuedQuestion {
  readonly key: string;
  readonly request: ChatRequest;
  readonly payer: Payer;
}

interface Waiting extends QueuedQuestion {
  readonly bytes: number;
  tries: number;
  resolve(outcome: BatchOutcome): void;
  reject(error: unknown): void;
}

/** A batch is submitted when no question arrived for this long: every item then waits for an answer. */
const gatherMs = 1000;
/** Batches that a question goes into before it is asked synchronously. */
const maxTries = 2;
/** Of the length of a real custom id, to compute the size of a question. */
const sampleId = 'q'.repeat(32);

/**
 * Collects the questions to one endpoint into batches as large as the provider allows, and answers each as if it had been
 * asked alone. Each round of an adaptive allocation becomes a batch.
 */
export class BatchQueue {
  readonly #endpoint: BatchEndpoint;
  readonly #underWay = new Map<object, { done: number; total: number }>();
  #gathered: Waiting[] = [];
  #bytes = 0;
  #arrived = 0;
  #gathering = false;

  constructor(endpoint: BatchEndpoint) {
    this.#endpoint = endpoint;
  }

  /** Batch price as a share of the normal price. */
  get priceShare(): number {
    return this.#endpoint.batch.priceShare;
  }

  /** @throws ProviderError when the provider rejects the batch, the signal's reason when the run stops. */
  ask(question: QueuedQuestion): Promise<BatchOutcome> {
    const { batch, signal } = this.#endpoint;
    signal.throwIfAborted();
    const bytes = batch.bytesOf({ customId: sampleId, request: question.request });
    return new Promise((resolve, reject) => {
      this.#add({ ...question, bytes, tries: 0, resolve, reject });
    });
  }

  /** What is waited for; null when nothing is. */
  waiting(): string | null {
    if (this.#underWay.size === 0) return null;
    let done = 0;
    let total = 0;
    for (const progress of this.#underWay.values()) {
      done += progress.done;
      total += progress.total;
    }
    const batches = this.#underWay.size === 1 ? 'a batch' : `${this.#underWay.size} batches`;
    return `${this.#endpoint.model.model}: ${batches} with ${done} of ${total} answered`;
  }

  #add(waiting: Waiting): void {
    const { questions, bytes } = this.#endpoint.batch.limits;
    if (this.#gathered.length >= questions || this.#bytes + waiting.bytes > bytes) this.#flush();
    this.#gathered.push(waiting);
    this.#bytes += waiting.bytes;
    this.#arrived += 1;
    if (!this.#gathering) void this.#gather();
  }

  async #gather(): Promise<void> {
    const { clock, signal } = this.#endpoint;
    this.#gathering = true;
    try {
      for (let before = -1; before !== this.#arrived; ) {
        before = this.#arrived;
        await clock.sleep(gatherMs, signal);
      }
      this.#flush();
    } catch (error) {
      for (const waiting of this.#gathered.splice(0)) waiting.reject(error);
    } finally {
      this.#gathering = false;
    }
  }

  #flush(): void {
    const taken = this.#gathered;
    this.#gathered = [];
    this.#bytes = 0;
    if (taken.length > 0) void this.#carryOut(taken);
  }

  async #carryOut(taken: readonly Waiting[]): Promise<void> {
    const ticket = {};
    this.#underWay.set(ticket, { done: 0, total: taken.length });
    try {
      const questions = taken.map(({ key, payer, request: { task: _task, ...request } }) => ({
        key,
        ...payer,
        request,
      }));
      const submitted = await submitBatch(this.#endpoint, questions);
      const outcomes = await collectBatch(this.#endpoint, submitted, ({ done }) => {
        this.#underWay.set(ticket, { done, total: taken.length });
      });
      taken.forEach((waiting, index) => {
        const outcome = outcomes.get(submitted.questions[index]!.customId)!;
        waiting.tries += 1;
        if (outcome.outcome === 'unanswered' && waiting.tries < maxTries) this.#add(waiting);
        else waiting.resolve(outcome);
      });
    } catch (error) {
      for (const waiting of taken) waiting.reject(error);
    } finally {
      this.#underWay.delete(ticket);
    }
  }
}
