import { checkArgument } from '../domain/check-argument.ts';
import { ConfigError } from '../domain/errors.ts';
import type { ModelSpec, Price } from '../domain/job.ts';
import type { ChatModel } from '../ports/chat-model.ts';
import type { Provider, Providers } from '../ports/provider.ts';
import { anthropic } from './anthropic/descriptor.ts';
import { heuristic } from './heuristic/descriptor.ts';
import { local } from './local/descriptor.ts';
import { type Environment, missingKeyOf } from './model-key.ts';
import { openai } from './openai/descriptor.ts';
import { openaiCompatible } from './openai-compatible/descriptor.ts';
import { recorded } from './recorded/descriptor.ts';
import { toProviderError } from './to-provider-error.ts';

/**
 * Every provider that comes with the package, in the order in which help and schemas list them.
 * @example
 * for (const { name, keyEnv } of providers.values()) console.log(name, keyEnv ?? 'needs no key');
 */
export const providers: Providers = byName([openai, anthropic, openaiCompatible, local, recorded, heuristic]);

/**
 * The shipped providers and more.
 * @throws ConfigError where a name is taken.
 * @example
 * const known = withProviders([defineProvider({ name: 'mine', complete: async () => '[[A]]' })]);
 */
export function withProviders(more: readonly Provider[]): Providers {
  checkArgument('more', more, 'list');
  for (const [index, provider] of more.entries())
    checkArgument(`more[${index}]`, provider, { name: 'name', open: 'function' });
  return more.length === 0 ? providers : byName([...providers.values(), ...more]);
}

function byName(list: readonly Provider[]): Providers {
  const found = new Map<string, Provider>();
  for (const provider of list) {
    if (found.has(provider.name)) {
      throw new ConfigError(`the provider name "${provider.name}" is taken`, [], {
        hint: 'give your provider a name of its own',
      });
    }
    found.set(provider.name, provider);
  }
  return found;
}

/** @throws ConfigError where no provider has that name. */
export function providerOf(name: string, known: Providers = providers): Provider {
  const found = known.get(name);
  if (found !== undefined) return found;
  throw new ConfigError(`there is no provider "${name}"`, [], {
    hint: `providers: ${[...known.keys()].join(', ')}`,
  });
}

/**
 * Opens the way to a model; what its provider needs is loaded only now. Nothing is asked yet.
 * @throws ProviderError `auth` where the key is missing, ConfigError where the spec cannot work.
 * @example
 * import { loadJob } from 'quorate';
 * const [judge] = (await loadJob('job.yaml')).panel;
 * const model = await openModel(judge!, process.env);
 * const messages = [{ role: 'user', content: 'A or B?' }] as const;
 * console.log((await model.complete({ messages, maxTokens: 64 }, { signal: AbortSignal.timeout(60_000) })).text);
 * await model.close?.();
 */
export async function openModel(spec: ModelSpec, env: Environment, known?: Providers): Promise<ChatModel> {
  checkArgument('spec', spec, { provider: 'name', timeoutMs: 'number', limits: 'object' });
  checkArgument('env', env, 'object');
  const provider = providerOf(spec.provider, known);
  const model = await provider.open(spec, env);
  return providers.get(provider.name) === provider ? model : withProviderErrors(model);
}

/** Code of the caller may throw anything: what it throws becomes a ProviderError, as with the shipped ones. */
function withProviderErrors(model: ChatModel): ChatModel {
  const { provider, model: name, baseUrl, capabilities, variant } = model;
  return {
    provider,
    model: name,
    baseUrl,
    capabilities,
    ...(variant === undefined ? {} : { variant }),
    ...(model.outputCeiling === undefined
      ? {}
      : { outputCeiling: (request) => model.outputCeiling!(request) }),
    async complete(request, options) {
      try {
        return await model.complete(request, options);
      } catch (error) {
        options.signal.throwIfAborted();
        const asked = { provider, model: name, baseUrl, keyEnv: null, secret: undefined };
        throw toProviderError(error, asked, Date.now());
      }
    },
    close: async () => model.close?.(),
  };
}

/**
 * What a model costs: the user's own price, else its provider's; null means unknown and never free.
 * Models that run in this process cost nothing.
 * @example
 * const price = await priceOf({ provider: 'openai', model: 'gpt-5-mini', price: null });
 * console.log(price === null ? 'unknown' : `${price.inputPerMtok} US dollars per million input tokens`);
 */
export async function priceOf(
  spec: Pick<ModelSpec, 'provider' | 'model' | 'baseUrl' | 'keyEnv' | 'price'>,
  known?: Providers,
): Promise<Price | null> {
  checkArgument('spec', spec, { provider: 'name' });
  return spec.price ?? providerOf(spec.provider, known).price(spec);
}

/** The name of the environment variable whose key is missing, or null. */
export function missingKey(
  spec: Pick<ModelSpec, 'provider' | 'keyEnv'>,
  env: Environment,
  known?: Providers,
): string | null {
  return missingKeyOf(spec, env, providerOf(spec.provider, known).keyEnv);
}
