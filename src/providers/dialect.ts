import { ProviderError } from '../domain/provider-error.ts';

/** Optional settings of a request, with the words by which a server's refusal names them. */
const settingNames = {
  schema: /response_format|json_schema|output_config|output_format|structured|grammar|guided/i,
  tool: /tool/i,
  temperature: /temperature/i,
  topP: /top_?p\b/i,
  seed: /\bseed\b/i,
  logprobs: /logprobs?/i,
  tokensName: /max_(completion_)?tokens/i,
  manualThinking: /thinking|budget_tokens/i,
  adaptiveThinking: /thinking|adaptive/i,
} as const;

export type Setting = keyof typeof settingNames;

/** Settings that a server may refuse without saying so: the ones worth trying without. */
const suspects: readonly Setting[] = ['schema', 'tool'];

/**
 * What one server accepts, learnt as it answers. A refused setting (400 or 422, nothing is paid) is left out
 * and the question asked again; what helped is remembered for the questions that follow.
 */
export class Dialect {
  #refused: ReadonlySet<Setting>;

  constructor(refused: readonly Setting[] = []) {
    this.#refused = new Set(refused);
  }

  accepts(setting: Setting): boolean {
    return !this.#refused.has(setting);
  }

  /** Writes a question that is not sent now, without what is known to be refused. */
  write<T>(body: (refused: ReadonlySet<Setting>) => T): T {
    return body(this.#refused);
  }

  /** @param ask sends the question without the refused settings, and tells through `used` which it sent. */
  async speak<T>(ask: (refused: ReadonlySet<Setting>, used: Setting[]) => Promise<T>): Promise<T> {
    let refused = this.#refused;
    let unexplained: unknown;
    for (;;) {
      const used: Setting[] = [];
      try {
        const answer = await ask(refused, used);
        if (refused !== this.#refused) this.#refused = new Set([...this.#refused, ...refused]);
        return answer;
      } catch (error) {
        if (!isRefusal(error)) throw error;
        const named = used.find((setting) => settingNames[setting].test(error.message));
        const blamed = named ?? used.find((setting) => suspects.includes(setting));
        if (blamed === undefined) throw unexplained ?? error;
        if (named === undefined) unexplained ??= error;
        refused = new Set([...refused, blamed]);
      }
    }
  }
}

function isRefusal(error: unknown): error is ProviderError {
  return (
    error instanceof ProviderError &&
    error.kind === 'bad_request' &&
    (error.status === 400 || error.status === 422)
  );
}
