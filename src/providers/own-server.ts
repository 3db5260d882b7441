import type { ModelSpec } from '../domain/job.ts';
import { isLocalKeyName } from '../domain/variable-names.ts';
import { isLoopback } from './network/proxy-of.ts';

/** Words of keys that pay for models elsewhere, also where a gateway on this machine forwards to them. */
const forwards = /LITELLM|GATEWAY|PROXY|ROUTER/i;

/**
 * Whether a model runs on a server of this machine, which costs nothing by default: a loopback address without a key, or
 * with one that is named as that of a local server. A key of a service suggests a gateway to models that cost money.
 */
export function isOwnServer({ baseUrl, keyEnv }: Pick<ModelSpec, 'baseUrl' | 'keyEnv'>): boolean {
  if (baseUrl === undefined || !URL.canParse(baseUrl) || !isLoopback(new URL(baseUrl).hostname)) return false;
  return keyEnv === undefined || (isLocalKeyName(keyEnv) && !forwards.test(keyEnv));
}
