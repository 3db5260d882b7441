import { dirname, join } from 'node:path';
import type { TokenStore } from '../../ports/token-store.ts';

/** Opens the access tokens in the folder of a feedback store, given by its absolute path. */
export async function openTokens(feedbackStore: string): Promise<TokenStore> {
  const { openSqliteTokenStore } = await import('../../store/sqlite/sqlite-token-store.ts');
  return openSqliteTokenStore(join(dirname(feedbackStore), 'tokens.db'));
}
