import type { FeedbackStore } from '../../ports/feedback-store.ts';

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
