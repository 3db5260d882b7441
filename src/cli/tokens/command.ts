import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import { withStoreOption } from '../feedback/options.ts';
import type { CreateFlags, StoreFlags } from './run.ts';

export const tokensCommand: ProgramCommand = {
  name: 'tokens',
  group: 'Human feedback',
  examples: ['quorate tokens create --scope ingest --origin https://app.example', 'quorate tokens list'],
  register(program: Command, run) {
    const tokens = program
      .command('tokens')
      .description('Create, list and revoke the access tokens of `quorate serve`.');
    withStoreOption(tokens.command('create'))
      .description('Create a token. It is shown once; only its hash is stored.')
      .requiredOption('--scope <scopes...>', 'one or more of ingest, annotate, read, admin')
      .option('--origin <origins...>', 'web origins whose pages may use it, for example https://app.example')
      .option(
        '--rate <rate>',
        'rate limit, for example 60/min, or none (default: 600/min with --origin, else none)',
      )
      .option('--signed-authors', 'accept authors only with a signature of your server')
      .option('--name <name>', 'purpose of the token')
      .option('--json', 'print the token as JSON')
      .action(
        run(async (io, flags: CreateFlags) => {
          const { runCreate } = await import('./run.ts');
          return runCreate(io, flags);
        }),
      );
    withStoreOption(tokens.command('list'))
      .description('List the tokens, without their secrets.')
      .option('--json', 'print the tokens as JSON')
      .action(
        run(async (io, flags: StoreFlags) => {
          const { runList } = await import('./run.ts');
          return runList(io, flags);
        }),
      );
    withStoreOption(tokens.command('revoke'))
      .description('Revoke a token. A running server refuses it from the next request on.')
      .argument('<id>', 'token id, or the whole token')
      .action(
        run(async (io, id: string, flags: StoreFlags) => {
          const { runRevoke } = await import('./run.ts');
          return runRevoke(io, id, flags);
        }),
      );
  },
};
