import type { CommandModule } from '../command.ts';
import { exportCommand } from './export.ts';
import { reconcileCommand } from './reconcile.ts';
import { simulateCommand } from './simulate.ts';

/** Every command, in the order of `quorate --help`. One import and one line each. */
export const commands: readonly CommandModule[] = [reconcileCommand, simulateCommand, exportCommand];
