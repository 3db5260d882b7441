import type { Dispatcher } from '../../ports/dispatcher.ts';

/** Processes slices in this process, at most `slots` at once. It keeps no state: the store records what is done. */
export function inProcessDispatcher(slots: number): Dispatcher {
  return {
    async dispatch(slices, work) {
      const active = new Set<Promise<void>>();
      let failure: { readonly error: unknown } | null = null;
      const failed = (error: unknown) => {
        failure ??= { error };
      };
      try {
        for await (const slice of slices) {
          const working: Promise<void> = work(slice)
            .catch(failed)
            .finally(() => active.delete(working));
          active.add(working);
          if (active.size >= slots) await Promise.race(active);
          if (failure !== null) break;
        }
      } catch (error) {
        failed(error);
      }
      await Promise.all(active);
      if (failure !== null) throw (failure as { readonly error: unknown }).error;
    },
  };
}
