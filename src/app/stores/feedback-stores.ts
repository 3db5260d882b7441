import { dirname, join } from 'node:path';
import type { FeedbackStore } from '../../ports/feedback-store.ts';
import type { TokenStore } from '../../ports/token-store.ts';

/** The default place, relative to the working directory. */
export const defaultFeedbackStore = '.quorate/feedback.db';

/** Opens a feedback store by its absolute path. @throws StoreError */
export async function openFeedbackStore(
  file: string,
  options: { readonly mustExist?: boolean } = {},
): Promise<FeedbackStore> {
  const { openSqliteFeedbackStore } = await import('../../store/sqlite/feedback/sqlite-feedback-store.ts');
  return openSqliteFeedbackStore(file, options);
}

/** Opens the access tokens in the folder of a feedback store, given by its absolute path. */
export async function openTokens(feedbackStore: string): Promise<TokenStore> {
  const { openSqliteTokenStore } = await import('../../store/sqlite/sqlite-token-store.ts');
  return openSqliteTokenStore(join(dirname(feedbackStore), 'tokens.db'));
}

/** Opens an existing feedback store for one piece of work. @throws StoreError where there is none */
export async function withFeedback<T>(file: string, work: (store: FeedbackStore) => Promise<T>): Promise<T> {
  const store = await openFeedbackStore(file, { mustExist: true });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
