import type { FeedbackStore } from '../../ports/feedback-store.ts';
import { openFeedbackStore } from '../stores/open-feedback-store.ts';

/** Opens an existing feedback store for one piece of work. @throws StoreError where there is none */
export async function withFeedback<T>(file: string, work: (store: FeedbackStore) => Promise<T>): Promise<T> {
  const store = await openFeedbackStore(file, { mustExist: true });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
