import type { ModelSpec, ProviderName } from '../domain/job.ts';
import { ProviderError } from '../domain/provider-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const usualKeys: Partial<Record<ProviderName, string>> = {
  openai: 'OPENAI_API_KEY',
  anthropic: 'ANTHROPIC_API_KEY',
};

/** The environment variable that should hold the model's key; null where it needs none. */
export function keyEnvOf(spec: Pick<ModelSpec, 'provider' | 'keyEnv'>): string | null {
  return spec.keyEnv ?? usualKeys[spec.provider] ?? null;
}

/** The name of the variable whose key is missing, or null. */
export function missingKey(spec: Pick<ModelSpec, 'provider' | 'keyEnv'>, env: Environment): string | null {
  const name = keyEnvOf(spec);
  return name === null || env[name]?.trim() ? null : name;
}

/** The model's key; undefined where it needs none. @throws ProviderError `auth` where it is missing. */
export function keyOf(spec: ModelSpec, env: Environment): string | undefined {
  const missing = missingKey(spec, env);
  if (missing !== null) {
    throw new ProviderError('auth', `${spec.provider}/${spec.model}: ${missing} is not set`, {
      provider: spec.provider,
      model: spec.model,
      hint: `export ${missing}=… (keys are read from the environment only)`,
    });
  }
  const name = keyEnvOf(spec);
  return name === null ? undefined : env[name]?.trim();
}
