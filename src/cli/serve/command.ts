import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import { withSettingsOption, withStoreOption } from '../feedback/options.ts';
import type { ServeFlags } from './run.ts';

export const serveCommand: ProgramCommand = {
  name: 'serve',
  group: 'Human feedback',
  examples: ['quorate serve', 'quorate serve --port 8080 --settings feedback.yaml'],
  register(program: Command, run) {
    const serve = program
      .command('serve')
      .description(
        'Serve the HTTP API for interactions and feedback, and the browser widget. Requires QUORATE_AUTHOR_KEY.',
      )
      .option('--port <n>', 'port; 0: a free one', '8700')
      .option('--host <address>', 'address to listen on', '127.0.0.1')
      .option('--public-url <urls...>', 'URLs of the proxy in front, for example https://feedback.example')
      .option('--author-rate <rate>', 'rate limit of one author, for example 300/min, or none', '300/min');
    withSettingsOption(withStoreOption(serve)).action(
      run(async (io, flags: ServeFlags) => {
        const { runServe } = await import('./run.ts');
        return runServe(io, flags);
      }),
    );
  },
};
