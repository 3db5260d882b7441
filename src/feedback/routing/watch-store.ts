import type { AlertDispatcher } from '../../ports/alert-dispatcher.ts';
import type { FeedbackStore } from '../../ports/feedback-store.ts';

/** Wraps a store so that every new event is passed to the alert dispatcher. Delivery is not awaited. If this process ends
 * before an alert is recorded, the next pass over the store finds the event.
 * @param onFailure called if a delivery could not be recorded
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
