import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import { systemClock } from '../../app/system-clock.ts';
import type { ModelRegistry } from '../../ports/model-registry.ts';
import type { Author } from '../../registry/change-model.ts';
import { openSqliteRegistry } from '../../store/sqlite/sqlite-registry.ts';
import type { CommandIo } from '../io.ts';

export interface RegistryFlags {
  readonly registry: string;
  readonly json?: boolean;
}

/** Opens the registry for one piece of work. `makes`: also where there is none yet. */
export async function withRegistry<T>(
  io: CommandIo,
  flags: RegistryFlags,
  work: (registry: ModelRegistry) => Promise<T>,
  { makes = false }: { readonly makes?: boolean } = {},
): Promise<T> {
  const registry = openSqliteRegistry(resolve(io.cwd, flags.registry), { mustExist: !makes });
  try {
    return await work(registry);
  } finally {
    await registry.close();
  }
}

/** Who acts: as said, or the user of this machine. */
export function authorOf(by: string | undefined): Author {
  return { by: by ?? userInfo().username, clock: systemClock };
}
