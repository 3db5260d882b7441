import type { ModelSpec, Price } from '../domain/job.ts';
import type { ChatModel } from './chat-model.ts';

/** What an opened model needs to know of a spec's price: who sells it, under which name, at which address. */
export type PricedSpec = Pick<ModelSpec, 'provider' | 'model' | 'baseUrl' | 'keyEnv'>;

/**
 * A way to reach models: everything that the rest of the program knows about it. Nothing outside a provider's folder
 * compares names; it asks these fields.
 * @example
 * const provider: Provider = defineProvider({ name: 'mine', complete: async () => '[[A]]' });
 */
export interface Provider {
  /** What a job writes under `provider`. */
  readonly name: string;
  /** The environment variable that holds the key unless the spec names another; null where no key is needed. */
  readonly keyEnv: string | null;
  /** False where a spec may leave `model` out; the provider's name then stands for it. */
  readonly needsModel: boolean;
  readonly needsBaseUrl: boolean;
  /** `model` is the path of a file. */
  readonly modelIsFile: boolean;
  /** False where no language model answers, so that its votes must not pass for an LLM's opinion. */
  readonly isModel: boolean;
  /** It answers in this process: no rate limits, no shared concurrency. */
  readonly runsLocally: boolean;
  /** It reads the messages of a request; false where it only scores the responses that are shown. */
  readonly canReadQuestions: boolean;
  /** False where it knows only the questions that were recorded, so that a small test question says nothing. */
  readonly canAnswerNewQuestions: boolean;
  /** Hosts of the provider itself. Over https a key may go there without the user's consent. */
  readonly hosts?: readonly string[];
  /** The environment variable that moves the provider to another address. */
  readonly baseUrlEnv?: string;
  /** The price of a model in US dollars per million tokens; null where it is unknown, which never means free. */
  price(spec: PricedSpec): Price | null | Promise<Price | null>;
  /**
   * Opens the way to a model without asking anything. What is heavy is imported here, not where the provider is listed.
   * @throws ProviderError `auth` where the key is missing, ConfigError where the spec cannot work.
   */
  open(spec: ModelSpec, env: Readonly<Record<string, string | undefined>>): ChatModel | Promise<ChatModel>;
}

/**
 * Providers by name.
 * @example
 * const known: Providers = withProviders([defineProvider({ name: 'mine', complete: async () => '[[A]]' })]);
 */
export type Providers = ReadonlyMap<string, Provider>;
