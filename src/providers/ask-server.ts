import { onAbort } from './on-abort.ts';
import { type Asked, toProviderError } from './to-provider-error.ts';

/** Calls a server, and turns what it throws into the taxonomy; an abort is passed on with its own reason. */
export async function askServer<T>(asked: Asked, signal: AbortSignal, ask: () => PromiseLike<T>): Promise<T> {
  signal.throwIfAborted();
  try {
    return await ask();
  } catch (error) {
    signal.throwIfAborted();
    throw toProviderError(error, asked, Date.now());
  }
}

/** The same for a vendor's SDK, which never takes its listener off a signal again: so it gets one of its own. */
export async function askSdk<T>(
  asked: Asked,
  signal: AbortSignal,
  ask: (options: { readonly signal: AbortSignal }) => PromiseLike<T>,
): Promise<T> {
  const abort = new AbortController();
  const off = onAbort(signal, () => abort.abort());
  try {
    return await askServer(asked, signal, () => ask({ signal: abort.signal }));
  } finally {
    off();
  }
}
