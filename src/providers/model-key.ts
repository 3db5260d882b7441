import type { Environment } from '../domain/expand-variables.ts';
import type { ModelSpec } from '../domain/job.ts';
import { ProviderError } from '../domain/provider-error.ts';

export type { Environment } from '../domain/expand-variables.ts';

/**
 * The name of the variable whose key is missing, or null.
 * @param usual the variable that holds the provider's key unless the spec names another; null: no key is needed.
 */
export function missingKeyOf(
  { keyEnv }: Pick<ModelSpec, 'keyEnv'>,
  env: Environment,
  usual: string | null,
): string | null {
  const name = keyEnv ?? usual;
  return name === null || env[name]?.trim() ? null : name;
}

/** The model's key; undefined where it needs none. @throws ProviderError `auth` where it is missing. */
export function keyOf(spec: ModelSpec, env: Environment, usual: string | null): string | undefined {
  const missing = missingKeyOf(spec, env, usual);
  if (missing !== null) {
    throw new ProviderError('auth', `${spec.provider}/${spec.model}: ${missing} is not set`, {
      provider: spec.provider,
      model: spec.model,
      hint: `export ${missing}=… (keys are read from the environment only)`,
    });
  }
  const name = spec.keyEnv ?? usual;
  return name === null ? undefined : env[name]?.trim();
}
