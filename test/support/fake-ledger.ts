import type { FakeQuestion } from './fake-reply.ts';

/** Prices that the fake servers charge, in US dollars per million tokens. */
export const fakePrice = { inputPerMtok: 1, outputPerMtok: 4 } as const;

/** What a fake server counted. Plain data, so that it can be asked for over HTTP. */
export interface FakeCounts {
  readonly calls: number;
  readonly answered: number;
  /** Different questions that were answered. */
  readonly distinct: number;
  /** Answers to a question that had been answered before: paid again. */
  readonly repeated: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly inFlight: number;
  readonly maxInFlight: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly usd: number;
}

/** Counts calls and money as a provider would: what was answered is billed, whoever is still listening. */
export class FakeLedger {
  readonly questions: FakeQuestion[] = [];
  /** Off for long benches, where keeping every question would fill the memory. */
  keepQuestions = true;
  readonly #answers = new Map<string, number>();
  readonly #refused: Record<string, number> = {};
  #calls = 0;
  #answered = 0;
  #inFlight = 0;
  #maxInFlight = 0;
  #inputTokens = 0;
  #outputTokens = 0;

  /** @returns the call's 1-based number. */
  begin(question: FakeQuestion): number {
    if (this.keepQuestions) this.questions.push(question);
    this.#calls += 1;
    this.#inFlight += 1;
    this.#maxInFlight = Math.max(this.#maxInFlight, this.#inFlight);
    return this.#calls;
  }

  answered(question: FakeQuestion, usage: { readonly input: number; readonly output: number }): void {
    this.end();
    this.#answered += 1;
    this.#answers.set(question.hash, (this.#answers.get(question.hash) ?? 0) + 1);
    this.#inputTokens += usage.input;
    this.#outputTokens += usage.output;
  }

  refused(status: number): void {
    this.#refused[status] = (this.#refused[status] ?? 0) + 1;
  }

  end(): void {
    this.#inFlight = Math.max(0, this.#inFlight - 1);
  }

  get counts(): FakeCounts {
    return {
      calls: this.#calls,
      answered: this.#answered,
      distinct: this.#answers.size,
      repeated: this.#answered - this.#answers.size,
      refused: { ...this.#refused },
      inFlight: this.#inFlight,
      maxInFlight: this.#maxInFlight,
      inputTokens: this.#inputTokens,
      outputTokens: this.#outputTokens,
      usd:
        (this.#inputTokens * fakePrice.inputPerMtok + this.#outputTokens * fakePrice.outputPerMtok) /
        1_000_000,
    };
  }
}
