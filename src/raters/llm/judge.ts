import { hasPrompt, type Item } from '../../domain/item.ts';
import { type JudgeSpec, replySettings } from '../../domain/job.ts';
import type { RaterKind, Vote } from '../../domain/vote.ts';
import { hashValue } from '../../files/content-hash.ts';
import type { ChatCapabilities, ChatRequest } from '../../ports/chat-model.ts';
import type { Rater, RaterTask, SharedCalls, TaskContext } from '../../ports/rater.ts';
import { type Answer, allSettled, askQuestion } from './ask-question.ts';
import type { JudgeMode, JudgeQuestion, PlannedTask } from './judge-mode.ts';
import { withShared } from './own-calls.ts';
import { answerSchema } from './prompt/answer-form.ts';
import { JudgePrompt, type Preparation } from './prompt/judge-prompt.ts';
import { criteriaFor } from './prompt/rubric-text.ts';
import { verdictReaderVersion } from './verdict/parsed-verdict.ts';
import { type Voter, voteBase } from './vote-base.ts';

/** Increment when the prompts change; recorded tasks of judges become stale. */
const promptVersion = 1;
const charactersPerToken = 4;
/** Tokens allowed per word of reasoning: tokens are shorter than words, and models miscount. */
const tokensPerWord = 3;

/**
 * Options of a Judge.
 * @example
 * const options: JudgeOptions = { seed: 7, principle: 'harmless' };
 */
export interface JudgeOptions {
  /** Seed of orders and shuffles. */
  readonly seed: number;
  /** Work done once per item before the first question, for example writing criteria. */
  readonly prepare?: (item: Item, context: TaskContext) => Promise<Preparation>;
  /** The calls of that work. */
  readonly preparing?: (item: Item) => readonly SharedCalls[];
  /** Id of the constitution principle behind the rubric. */
  readonly principle?: string;
  /** Part of the fingerprint: what `prepare` depends on. */
  readonly prepareFingerprint?: string;
}

/** The tasks of a judge on an item. */
interface Plan {
  readonly planned: readonly PlannedTask[];
  readonly tasks: readonly RaterTask[];
  /** The questions of each task, by task id; built on demand, because most plans are only priced. */
  questions?: ReadonlyMap<string, readonly JudgeQuestion[]>;
}

/** An LLM judge under a rubric. The mode defines its questions and their parsing; this class is common to all modes. */
export class Judge implements Rater {
  readonly id: string;
  readonly kind: RaterKind;
  readonly model: string;
  readonly family: string | null;
  readonly fingerprint: string;
  readonly #spec: JudgeSpec;
  readonly #capabilities: ChatCapabilities;
  readonly #mode: JudgeMode;
  readonly #options: JudgeOptions;
  readonly #prompt: JudgePrompt;
  /** Settings of the model beyond those of its requests, for the provenance of votes. */
  readonly #written: Pick<Voter, 'settings'>;
  /** Cache: raters that build on a judge ask for its tasks repeatedly. */
  readonly #plans = new WeakMap<Item, Plan>();
  readonly #schemas = new Map<string, ReturnType<typeof answerSchema>>();

  constructor(spec: JudgeSpec, capabilities: ChatCapabilities, mode: JudgeMode, options: JudgeOptions) {
    this.#spec = spec;
    this.#capabilities = capabilities;
    this.#mode = mode;
    this.#options = options;
    this.#prompt = new JudgePrompt(spec.rubric);
    const settings = replySettings(spec);
    this.#written = settings === null ? {} : { settings };
    this.id = spec.id;
    // a provider without a model must not count as an LLM
    this.kind = capabilities.languageModel === false ? 'rule' : 'llm';
    this.model = spec.model;
    this.family = spec.family;
    this.fingerprint = hashValue([
      promptVersion,
      verdictReaderVersion,
      spec.rubricHash,
      spec.rubric,
      [spec.provider, spec.baseUrl ?? null, spec.model],
      [this.#temperature, this.#maxTokens, spec.thinkingTokens ?? null],
      [this.#structured, this.#wantsLogprobs],
      [spec.orders, options.seed],
      options.prepareFingerprint ?? null,
      ...(replySettings(spec) === null ? [] : [replySettings(spec)]),
    ]);
  }

  tasks(item: Item): readonly RaterTask[] {
    return this.#plan(item).tasks;
  }

  async perform(task: RaterTask, item: Item, context: TaskContext): Promise<readonly Vote[]> {
    const prepared = await this.prepare(item, context);
    return allSettled(
      this.questions(task, item).map(async (question) => {
        const request = this.request(question, task.sample, item, prepared);
        return this.vote(
          question,
          request,
          item,
          await askQuestion(context.ask, request),
          prepared.provenance,
        );
      }),
    );
  }

  /** The questions of a task. */
  questions(task: RaterTask, item: Item): readonly JudgeQuestion[] {
    const plan = this.#plan(item);
    plan.questions ??= new Map(plan.planned.map(({ id, questions }) => [id, questions]));
    const questions = plan.questions.get(task.id);
    if (questions !== undefined) return questions;
    throw new Error(`judge "${this.id}" has no task "${task.id}" for item "${item.id}"`);
  }

  async prepare(item: Item, context: TaskContext): Promise<Preparation> {
    return (await this.#options.prepare?.(item, context)) ?? {};
  }

  /** The request of a question; also used by raters that extend it. */
  request(question: JudgeQuestion, sample: number, item: Item, prepared: Preparation = {}): ChatRequest {
    const { thinkingTokens, rubric } = this.#spec;
    const { principle } = this.#options;
    return {
      messages: this.#prompt.render({ item, prepared, ...question }),
      stableMessages: this.#prompt.stableMessages,
      maxTokens: this.#maxTokens,
      temperature: this.#temperature,
      sample,
      ...(this.#sendsSeed ? { seed: (this.#spec.seed ?? 0) + sample } : {}),
      ...(thinkingTokens === undefined ? {} : { thinkingTokens }),
      ...(this.#structured ? { schema: this.#schemaFor(question) } : {}),
      ...(this.#wantsLogprobs ? { topLogprobs: 5 } : {}),
      task: {
        mode: rubric.mode,
        rubric,
        item,
        shown: question.shown,
        ...(question.criterion === undefined ? {} : { criterion: question.criterion }),
        ...(principle === undefined ? {} : { principle }),
      },
    };
  }

  /** The vote for an answer to a question. */
  vote(
    question: JudgeQuestion,
    request: ChatRequest,
    item: Item,
    { recorded, unread }: Answer,
    more: NonNullable<Vote['provenance']> = {},
  ): Vote {
    const opinion =
      unread === null ? this.#mode.read(question, recorded.reply) : this.#mode.unread(question, unread);
    const { id, kind, model } = this;
    const voter = {
      id,
      kind,
      model,
      rubricHash: this.#spec.rubricHash,
      parser: verdictReaderVersion,
      ...this.#written,
    };
    const order = question.order === undefined ? {} : { order: question.order };
    const base = voteBase(voter, item.id, request, recorded, { ...order, ...more });
    return { ...base, sample: request.sample ?? 0, ...opinion } as Vote;
  }

  #plan(item: Item): Plan {
    let plan = this.#plans.get(item);
    if (plan === undefined) {
      const planned = this.#canJudge(item) ? this.#mode.plan(item) : [];
      const shared = this.#options.preparing?.(item) ?? [];
      plan = { planned, tasks: planned.map((task) => withShared(this.#priced(task, item), shared)) };
      this.#plans.set(item, plan);
    }
    return plan;
  }

  #canJudge(item: Item): boolean {
    const { rubric } = this.#spec;
    if (criteriaFor(rubric, item.category).length === 0) return false;
    return hasPrompt(item) && (rubric.reference !== 'required' || item.reference != null);
  }

  #priced({ id, candidates, sample, questions }: PlannedTask, item: Item): RaterTask {
    let characters = 0;
    for (const { shown, criterion } of questions) characters += this.#prompt.length(item, shown, criterion);
    const words = this.#spec.rubric.reasoning?.maxWords ?? 0;
    return {
      id,
      candidates,
      sample,
      calls: questions.length,
      inputTokens: Math.ceil(characters / charactersPerToken),
      outputTokens: questions.length * Math.ceil(words * 0.9 + 12),
      maxOutputTokens: questions.length * (this.#maxTokens + (this.#spec.thinkingTokens ?? 0)),
    };
  }

  #schemaFor(question: JudgeQuestion) {
    const labels = this.#mode.labels(question);
    const key = labels.join('');
    let schema = this.#schemas.get(key);
    if (schema === undefined) {
      schema = answerSchema(this.#spec.rubric, labels);
      this.#schemas.set(key, schema);
    }
    return schema;
  }

  get #sendsSeed(): boolean {
    return this.#capabilities.seed && (this.#spec.samples > 1 || this.#spec.seed !== undefined);
  }

  get #structured(): boolean {
    return (
      this.#spec.rubric.verdict === 'json' &&
      this.#spec.structured === 'auto' &&
      this.#capabilities.structured
    );
  }

  /** Only if the verdict comes first: after its own reasoning a model is nearly certain of any verdict. */
  get #wantsLogprobs(): boolean {
    return this.#capabilities.logprobs && this.#spec.rubric.reasoning === null;
  }

  get #temperature(): number {
    return this.#spec.temperature ?? (this.#spec.samples > 1 ? 0.7 : 0);
  }

  get #maxTokens(): number {
    return this.#spec.maxTokens ?? (this.#spec.rubric.reasoning?.maxWords ?? 0) * tokensPerWord + 128;
  }
}
