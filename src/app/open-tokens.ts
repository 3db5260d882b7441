import { dirname, join, resolve } from 'node:path';
import type { TokenStore } from '../ports/token-store.ts';

/** Opens the tokens that lie beside a feedback store. */
export async function openTokens(cwd: string, store: string): Promise<TokenStore> {
  const { openSqliteTokenStore } = await import('../store/sqlite/sqlite-token-store.ts');
  return openSqliteTokenStore(join(dirname(resolve(cwd, store)), 'tokens.db'));
}
