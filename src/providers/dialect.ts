import { ProviderError } from '../domain/provider-error.ts';
import type { ChatReply } from '../ports/chat-model.ts';
import { serverWords } from './to-provider-error.ts';
import { tokensAllowed } from './tokens-allowed.ts';

/** Optional parts of a request, with the words by which a server's refusal names them. */
const settingNames = {
  schema:
    /response_?format|json_?schema|output_config|output_format|structured|grammar|guided|\bschema\b|for format\b/i,
  jsonObject: /response_?format|json_?object|json[ _]mode|structured|grammar|for format\b/i,
  tool: /tool/i,
  system:
    /system[ _]?(role|message|prompt|instruction)|role[^.]{0,40}system|system[^.]{0,30}role|developer (instruction|role|message)|'(system|developer)'|"(system|developer)"|got system|roles? must alternate|only ['"`]?user|expected ['"`]?user['"`]? (or|and)|consecutive (user|messages)/i,
  temperature: /temperature/i,
  topP: /top_?p\b/i,
  seed: /\bseed\b/i,
  stop: /\bstop\b(?!ped)/i,
  logprobs: /log_?prob(s|abilit)?/i,
  tokensName: /max_(completion_)?tokens/i,
  manualThinking: /thinking|budget_tokens/i,
  adaptiveThinking: /thinking|adaptive/i,
  reasoning: /reasoning|thinking|effort/i,
  templateSwitch: /chat_template_kwargs|enable_thinking|thinking/i,
} as const;

export type Setting = keyof typeof settingNames;

/** The names of the settings as jobs and votes write them. */
const writtenNames: Readonly<Record<Setting, string>> = {
  schema: 'schema',
  jsonObject: 'json_object',
  tool: 'tool',
  system: 'system',
  temperature: 'temperature',
  topP: 'top_p',
  seed: 'seed',
  stop: 'stop',
  logprobs: 'logprobs',
  tokensName: 'max_tokens',
  manualThinking: 'thinking',
  adaptiveThinking: 'adaptive_thinking',
  reasoning: 'reasoning',
  templateSwitch: 'chat_template_kwargs',
};

/** Settings that a server may refuse without saying so: the ones worth trying without. */
const suspects: readonly Setting[] = ['schema', 'jsonObject', 'tool'];
/** Further ones, as long as the server has not answered anything. */
const firstSuspects: readonly Setting[] = [...suspects, 'logprobs', 'system', 'reasoning', 'templateSwitch'];

/** What a server takes, as far as it is known. */
export interface Terms {
  readonly refused: ReadonlySet<Setting>;
  /** The most output tokens that it takes in one request; null where it has not complained. */
  readonly mostTokens: number | null;
}

/** What one request used of the optional settings, and what it would have used. */
export class Sent {
  readonly used: Setting[] = [];
  readonly leftOut: Setting[] = [];
  /** Output tokens asked for. */
  tokens = 0;
  /** Those of them without which no answer is possible. */
  leastTokens = 0;

  readonly #terms: Terms;

  constructor(terms: Terms) {
    this.#terms = terms;
  }

  /** Whether to send a setting that the request wants. */
  use(setting: Setting, wanted = true): boolean {
    if (!wanted) return false;
    const sent = !this.#terms.refused.has(setting);
    (sent ? this.used : this.leftOut).push(setting);
    return sent;
  }

  /** The output tokens to ask for: what is wanted, within what the server takes. */
  limit(answer: number, thinking: number): number {
    const { mostTokens } = this.#terms;
    this.leastTokens = answer;
    this.tokens = mostTokens === null ? answer + thinking : Math.min(answer + thinking, mostTokens);
    return this.tokens;
  }

  /** What the server would not take, in the words of a job; for the provenance of votes. */
  adapted(): readonly string[] {
    return [...new Set(this.leftOut.map((setting) => writtenNames[setting]))];
  }
}

/**
 * What one server accepts, learnt as it answers. A refused setting (nothing is paid for a refusal) is left out or said
 * another way and the question asked again; what helped is remembered for the questions that follow. Questions in
 * flight come to the same end each on its own, so that the result does not depend on their order.
 */
export class Dialect {
  #terms: Terms;
  /** The server has answered at least once; with a schema at least once. */
  #answered = false;
  #answeredSchema = false;
  /** How often an internal error went away without the schema. */
  #schemaFaults = 0;

  constructor(refused: readonly Setting[] = []) {
    this.#terms = { refused: new Set(refused), mostTokens: null };
  }

  /** Writes a question that is not sent now, without what is known to be refused. */
  write<T>(body: (sent: Sent) => T): T {
    return body(new Sent(this.#terms));
  }

  /** @param ask sends the question within the terms of `sent`, and notes there what it used. */
  async speak<T>(ask: (sent: Sent) => Promise<T>): Promise<T> {
    let terms = this.#terms;
    /** Holds for this question only. */
    let passing = false;
    let unexplained: unknown;
    for (;;) {
      const sent = new Sent(terms);
      try {
        const answer = await ask(sent);
        this.#learn(terms, sent, passing);
        return answer;
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
        const known = this.#terms;
        const next = sent.used.some((setting) => known.refused.has(setting))
          ? learntMeanwhile
          : this.#without(error, sent);
        if (next === null) throw unexplained ?? error;
        if (!next.named) unexplained ??= error;
        passing ||= next.passing;
        const refused = new Set([...terms.refused, ...known.refused, ...next.refused]);
        terms = { refused, mostTokens: next.mostTokens ?? terms.mostTokens ?? known.mostTokens };
      }
    }
  }

  #learn(terms: Terms, sent: Sent, passing: boolean): void {
    this.#answered = true;
    if (sent.used.includes('schema')) this.#answeredSchema = true;
    if (passing || terms === this.#terms) return;
    const known = this.#terms;
    const limits = [terms.mostTokens, known.mostTokens].filter((limit) => limit !== null);
    this.#terms = {
      refused: new Set([...known.refused, ...terms.refused]),
      mostTokens: limits.length === 0 ? null : Math.min(...limits),
    };
  }

  /** How to ask again after this failure; null where that would not help. */
  #without(error: ProviderError, sent: Sent): Step | null {
    const words = serverWords(error);
    const allowed = tokensAllowed(error.kind, words, sent.tokens);
    if (allowed !== null && allowed.tokens >= sent.leastTokens)
      return { refused: [], mostTokens: allowed.tokens, named: true, passing: allowed.ofThisQuestion };
    if (!mayRefuse(error)) return null;
    // The model's own text did not fit the schema: the next one may.
    if (
      /json_validate_failed|failed to (generate|validate) json/i.test(words) &&
      sent.used.includes('schema')
    )
      return { ...schemaStep, named: true, passing: true };
    const named = namedIn(words, sent.used);
    if (named.length > 0) return { refused: named, named: true, passing: false };
    if (error.kind === 'overloaded') return this.#afterInternalError(error, sent);
    if (error.kind !== 'bad_request' || error.permanent) return null;
    const list = this.#answered ? suspects : firstSuspects;
    const suspect = list.find((setting) => sent.used.includes(setting));
    return suspect === undefined ? null : { refused: [suspect], named: false, passing: false };
  }

  /** Some servers answer a schema that they cannot compile with an internal error that says nothing about it. */
  #afterInternalError({ status }: ProviderError, sent: Sent): Step | null {
    if (status !== 500 || this.#answeredSchema || !sent.used.includes('schema')) return null;
    this.#schemaFaults += 1;
    // A server may also fail by chance: once is none.
    return { ...schemaStep, passing: this.#schemaFaults < 2 };
  }
}

/** The reply, with what the server would not take of the request. */
export function withAdapted(reply: ChatReply, sent: Sent): ChatReply {
  const adapted = sent.adapted();
  return adapted.length === 0 ? reply : { ...reply, adapted };
}

interface Step {
  readonly refused: readonly Setting[];
  readonly mostTokens?: number;
  /** The server named what it does not take. */
  readonly named: boolean;
  /** What helps this question says nothing about the next one. */
  readonly passing: boolean;
}

const learntMeanwhile: Step = { refused: [], named: true, passing: false };
const schemaStep = { refused: ['schema', 'jsonObject'], named: false } as const;

/** Whether a failure can be the refusal of a setting; which status servers give it differs. */
function mayRefuse({ kind, status }: ProviderError): boolean {
  if (kind === 'bad_request') return status !== undefined;
  if (kind === 'auth') return status === 403;
  return kind === 'overloaded' && (status === 500 || status === 501);
}

/** The settings to leave out: all that a list of unknown fields names, else the first that the message names. */
function namedIn(message: string, used: readonly Setting[]): readonly Setting[] {
  const named = used.filter((setting) => settingNames[setting].test(message));
  const list =
    /extra_forbidden|extra (inputs|fields)|unrecognized|unknown (request )?(argument|parameter|field)s/i;
  return list.test(message) ? named : named.slice(0, 1);
}
