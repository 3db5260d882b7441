import type { CommandModule } from '../command.ts';

/** Every command, in the order of `quorate --help`. One import and one line each. */
export const commands: readonly CommandModule[] = [];
