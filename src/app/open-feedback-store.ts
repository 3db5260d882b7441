import { resolve } from 'node:path';
import type { FeedbackStore } from '../ports/feedback-store.ts';

/** Where feedback is kept unless told otherwise. */
export const defaultFeedbackStore = '.quorate/feedback.db';

/** Opens the feedback store of a command line. @throws StoreError */
export async function openFeedbackStore(
  place: string,
  cwd: string,
  options: { readonly mustExist?: boolean } = {},
): Promise<FeedbackStore> {
  const { openSqliteFeedbackStore } = await import('../store/sqlite/feedback/sqlite-feedback-store.ts');
  return openSqliteFeedbackStore(resolve(cwd, place), options);
}
