import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import type { ServeFlags } from './run.ts';

export const serveCommand: ProgramCommand = {
  name: 'serve',
  group: 'Human feedback',
  examples: ['quorate serve', 'quorate serve --port 8080 --settings feedback.yaml'],
  register(program: Command, run) {
    program
      .command('serve')
      .description(
        'Take in interactions and feedback over HTTP, and serve the browser widget. Needs QUORATE_AUTHOR_KEY.',
      )
      .option('--port <n>', 'port; 0 takes a free one', '8700')
      .option('--host <address>', 'address to listen on', '127.0.0.1')
      .option('--store <file>', 'the feedback store; its tokens lie beside it', '.quorate/feedback.db')
      .option('--settings <file>', 'settings of the feedback loop; default: feedback.yaml, if there is one')
      .option('--author-rate <rate>', 'events a time of one author, for example 300/min, or none', '300/min')
      .action(
        run(async (io, flags: ServeFlags) => {
          const { runServer } = await import('./run.ts');
          return runServer(io, flags);
        }),
      );
  },
};
