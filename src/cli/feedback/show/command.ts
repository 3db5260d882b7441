import type { Command } from 'commander';
import { defaultFeedbackStore, openFeedbackStore } from '../../../app/open-feedback-store.ts';
import type { CommandModule } from '../../command.ts';
import { exitCodes } from '../../exit-codes.ts';
import { line } from '../../io.ts';

export const showFeedbackCommand: CommandModule = {
  name: 'show',
  register(feedback: Command, run) {
    feedback
      .command('show')
      .description('One event with its full context, as JSON.')
      .argument('<id>', 'id of the event')
      .option('--store <file>', 'feedback store', defaultFeedbackStore)
      .action(
        run(async (io, id: string, flags: { readonly store: string }) => {
          const { ConfigError } = await import('../../../domain/errors.ts');
          const store = await openFeedbackStore(flags.store, io.cwd, { mustExist: true });
          try {
            const stored = await store.event(id);
            if (stored === undefined) {
              throw new ConfigError(`there is no event "${id}" in ${store.location}`, [], {
                hint: 'quorate feedback list shows what there is; an erased event is gone',
              });
            }
            line(io, JSON.stringify(stored, null, 2));
            return exitCodes.ok;
          } finally {
            await store.close();
          }
        }),
      );
  },
};
