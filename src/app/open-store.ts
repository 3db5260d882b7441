import { ConfigError } from '../domain/errors.ts';
import type { RunStore } from '../ports/run-store.ts';

/** Opens the store that a job names. */
export async function openStore(
  place: string,
  options: { readonly mustExist?: boolean } = {},
): Promise<RunStore> {
  if (/^postgres(ql)?:/.test(place)) {
    throw new ConfigError('a Postgres store is not available yet', [], {
      hint: 'name a file, for example store: .quorate/quorate.db',
    });
  }
  const { openSqliteStore } = await import('../store/sqlite/sqlite-store.ts');
  return openSqliteStore(place, options);
}
