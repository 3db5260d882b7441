import type { Command } from 'commander';
import { defaultFeedbackStore } from '../../../app/open-feedback-store.ts';
import type { CommandModule } from '../../command.ts';
import type { RouteFlags } from './run.ts';

export const routeFeedbackCommand: CommandModule = {
  name: 'route',
  register(feedback: Command, run) {
    feedback
      .command('route')
      .description(
        'Make work items of what people complain about, and tell about safety complaints not told yet.',
      )
      .option('--store <file>', 'feedback store', defaultFeedbackStore)
      .option('--config <file>', 'settings, sections `actions`, `alerts`, `understanding` (feedback.yaml)')
      .option('--out <file>', 'work items (JSONL); an earlier file is updated', '.quorate/actions.jsonl')
      .option('--json', 'a summary as JSON')
      .action(
        run(async (io, flags: RouteFlags) => {
          const { routeEvents } = await import('./run.ts');
          return routeEvents(io, flags);
        }),
      );
  },
};
