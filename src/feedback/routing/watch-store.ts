import type { AlertDispatcher } from '../../ports/alert-dispatcher.ts';
import type { FeedbackStore } from '../../ports/feedback-store.ts';

/**
 * The same store, with the desk told of every event that arrives new. The telling itself is not waited for; should
 * this process die before the desk has written an alert down, the next sweep of the store finds the event.
 * @param onFailure hears why a delivery could not be recorded.
 */
export function watchStore(
  store: FeedbackStore,
  dispatcher: AlertDispatcher,
  onFailure: (error: unknown) => void,
): FeedbackStore {
  const append: FeedbackStore['append'] = async (events) => {
    const arrivals = await store.append(events);
    const raised = await dispatcher.raise(events.filter((_, index) => arrivals[index] === 'stored'));
    if (raised > 0) dispatcher.deliver().catch(onFailure);
    return arrivals;
  };
  return new Proxy(store, {
    get(target, name) {
      if (name === 'append') return append;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
