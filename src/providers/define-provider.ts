import { ConfigError } from '../domain/errors.ts';
import type { ModelSpec } from '../domain/job.ts';
import { ProviderError } from '../domain/provider-error.ts';
import type { ChatModel, ChatReply, ChatRequest } from '../ports/chat-model.ts';
import type { Provider } from '../ports/provider.ts';
import { type Asked, toProviderError } from './to-provider-error.ts';

/**
 * What a provider of one's own must say; the rest has defaults for a remote model that needs no key.
 * @example
 * const input: ProviderInput = { name: 'mine', keyEnv: 'MY_KEY', complete: async ({ messages }) => `${messages.length} messages` };
 */
export interface ProviderInput extends Partial<Omit<Provider, 'name' | 'open'>> {
  readonly name: string;
  /** Opens a model, or answers a request itself: then everything else about the model is filled in. */
  readonly open?: Provider['open'];
  readonly complete?: (
    request: ChatRequest,
    options: { readonly signal: AbortSignal; readonly spec: ModelSpec },
  ) => Promise<string | Partial<ChatReply>>;
}

/**
 * A provider from a function that answers a request (`complete`), or one that opens a whole ChatModel (`open`).
 * What `complete` throws becomes a ProviderError: of the kind that its `status` stands for, else `network`.
 * @throws ConfigError where the name is missing, or not exactly one of `complete` and `open` is given.
 * @example
 * import { judgePairs } from 'quorate';
 * const provider = defineProvider({ name: 'mine', complete: async ({ messages }) => (messages.length > 1 ? '[[A]]' : '[[B]]') });
 * await judgePairs({ judge: { provider, model: 'judge-7b' }, pairs });
 */
export function defineProvider(input: ProviderInput): Provider {
  if (typeof input !== 'object' || input === null) throw new ConfigError('a provider must be an object');
  const { name, open, complete, ...traits } = input;
  if (typeof name !== 'string' || name === '')
    throw new ConfigError('name of the provider must be a non-empty string');
  if ((typeof open === 'function') === (typeof complete === 'function')) {
    throw new ConfigError(`the provider "${name}" needs exactly one of the functions complete and open`);
  }
  return {
    keyEnv: null,
    needsModel: true,
    needsBaseUrl: false,
    modelIsFile: false,
    isModel: true,
    runsLocally: false,
    canReadQuestions: true,
    canAnswerNewQuestions: true,
    price: () => null,
    ...traits,
    name,
    open: open ?? ((spec) => modelOf(spec, complete!, traits.isModel ?? true)),
  };
}

function modelOf(
  spec: ModelSpec,
  complete: NonNullable<ProviderInput['complete']>,
  languageModel: boolean,
): ChatModel {
  const baseUrl = spec.baseUrl ?? '';
  const asked: Asked = {
    provider: spec.provider,
    model: spec.model,
    baseUrl,
    keyEnv: spec.keyEnv ?? null,
    secret: undefined,
  };
  return {
    provider: spec.provider,
    model: spec.model,
    baseUrl,
    capabilities: { structured: false, logprobs: false, seed: false, languageModel },
    async complete(request, { signal }) {
      signal.throwIfAborted();
      try {
        const said = await complete(request, { signal, spec });
        return {
          text: '',
          finish: 'stop',
          modelAnswered: null,
          usage: null,
          ...(typeof said === 'string' ? { text: said } : checkedReply(said, asked)),
        };
      } catch (error) {
        signal.throwIfAborted();
        throw toProviderError(error, asked, Date.now());
      }
    },
  };
}

function checkedReply(said: Partial<ChatReply>, { provider, model }: Asked): Partial<ChatReply> {
  if (typeof said === 'object' && said !== null && typeof said.text === 'string') return said;
  throw new ProviderError('bad_reply', `${provider}/${model}: complete gave neither a text nor { text }`, {
    provider,
    model,
    hint: 'return the reply as a string, or as { text, finish, usage }',
  });
}
