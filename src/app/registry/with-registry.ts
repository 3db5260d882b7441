import type { ModelRegistry } from '../../ports/model-registry.ts';
import { openSqliteRegistry } from '../../store/sqlite/sqlite-registry.ts';

/** Opens a registry file for one piece of work. @param options.create makes the file where there is none */
export async function withRegistry<T>(
  file: string,
  work: (registry: ModelRegistry) => Promise<T>,
  { create = false }: { readonly create?: boolean } = {},
): Promise<T> {
  const registry = openSqliteRegistry(file, { mustExist: !create });
  try {
    return await work(registry);
  } finally {
    await registry.close();
  }
}
