const hubs = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `stop` when the signal is aborted, until the returned function is called. However many calls wait on one
 * signal, it carries one listener: a run's signal lives long and would otherwise gather thousands.
 */
export function onAbort(signal: AbortSignal | null | undefined, stop: () => void): () => void {
  if (signal === null || signal === undefined) return () => {};
  if (signal.aborted) {
    stop();
    return () => {};
  }
  let waiting = hubs.get(signal);
  if (waiting === undefined) {
    const stops = new Set<() => void>();
    signal.addEventListener('abort', () => stops.forEach((each) => void each()), { once: true });
    hubs.set(signal, stops);
    waiting = stops;
  }
  const stops = waiting;
  stops.add(stop);
  return () => void stops.delete(stop);
}
