import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import type { RegistryAccess } from '../../app/registry/change-models.ts';
import type { CommandIo } from '../io.ts';

export interface RegistryFlags {
  readonly registry: string;
  readonly json?: boolean;
}

export interface ActorFlags extends RegistryFlags {
  readonly by?: string;
}

/** The name that the registry records: as given, or the user of this machine. */
export function actor(by: string | undefined): string {
  return by ?? userInfo().username;
}

export function registryFile(io: CommandIo, { registry }: RegistryFlags): string {
  return resolve(io.cwd, registry);
}

export function registryAccess(io: CommandIo, flags: ActorFlags): RegistryAccess {
  return { registry: registryFile(io, flags), by: actor(flags.by) };
}
