import { callerSignal } from './keep-alive-fetch.ts';
import { type Asked, toProviderError } from './to-provider-error.ts';

/** Calls an SDK, and turns what it throws into the taxonomy; an abort is passed on with its own reason. */
export async function askServer<T>(
  asked: Asked,
  signal: AbortSignal,
  // The SDKs' own `signal` option never takes its listener off again; fetchOptions reach our fetch instead.
  ask: (options: { readonly fetchOptions: object }) => PromiseLike<T>,
): Promise<T> {
  signal.throwIfAborted();
  try {
    return await ask({ fetchOptions: callerSignal(signal) });
  } catch (error) {
    signal.throwIfAborted();
    throw toProviderError(error, asked, Date.now());
  }
}
