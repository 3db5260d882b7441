import type { Command } from 'commander';
import type { CommandModule } from '../../command.ts';
import { exitCodes } from '../../exit-codes.ts';
import { line } from '../../io.ts';
import { withStoreOption } from '../options.ts';

export const showFeedbackCommand: CommandModule = {
  name: 'show',
  register(feedback: Command, run) {
    const show = feedback
      .command('show')
      .description('Print one event with its full context as JSON.')
      .argument('<id>', 'event id');
    withStoreOption(show).action(
      run(async (io, id: string, flags: { readonly store: string }) => {
        const { resolve } = await import('node:path');
        const { findEvent } = await import('../../../app/feedback/read-events.ts');
        line(io, JSON.stringify(await findEvent(resolve(io.cwd, flags.store), id), null, 2));
        return exitCodes.ok;
      }),
    );
  },
};
