import { ConfigError } from '../domain/errors.ts';
import {
  type Environment,
  expandVariables,
  missingVariables,
  variableNames,
} from '../domain/expand-variables.ts';
import { type ModelSpec, replySettings } from '../domain/job.ts';
import { hashValue } from '../files/content-hash.ts';

/** What a job adds to every request to a model, its variables replaced. */
export interface ModelSettings {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Values of the environment, which must not be in messages. */
  readonly secrets: readonly string[];
}

/** @throws ConfigError where a variable is not set. */
export function settingsOf(spec: ModelSpec, env: Environment): ModelSettings {
  const secrets: string[] = [];
  const expanded = (setting: string, values: Readonly<Record<string, string>> = {}) =>
    Object.fromEntries(
      Object.entries(values).map(([name, text]) => {
        const [missing] = missingVariables(text, env);
        if (missing !== undefined) {
          throw new ConfigError(
            `${setting}.${name} of ${spec.model} uses \${${missing}}, which is not set`,
            [],
            {
              hint: `set ${missing} in the environment`,
            },
          );
        }
        secrets.push(...variableNames(text).flatMap((variable) => env[variable] || []));
        return [name, expandVariables(text, env).trim()];
      }),
    );
  return { headers: expanded('headers', spec.headers), query: expanded('query', spec.query), secrets };
}

/** Names a model with further settings that shape its replies, for the key of a reply; undefined where it has none. */
export function variantOf(spec: ModelSpec): string | undefined {
  const settings = replySettings(spec);
  return settings === null ? undefined : hashValue(settings);
}

/** The header that carries the key, in the form of an SDK's: null leaves a header out. Both SDKs send a bearer token. */
export function keyHeaders(
  authHeader: string | undefined,
  secret: string | undefined,
): Record<string, string | null> {
  if (secret === undefined || authHeader === 'none') return { Authorization: null };
  if (authHeader === undefined || authHeader.toLowerCase() === 'authorization') return {};
  return { Authorization: null, [authHeader]: secret };
}
