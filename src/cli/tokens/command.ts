import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import type { CreateFlags, StoreFlags } from './run.ts';

const store = [
  '--store <file>',
  'the feedback store; its tokens lie beside it',
  '.quorate/feedback.db',
] as const;

export const tokensCommand: ProgramCommand = {
  name: 'tokens',
  group: 'Human feedback',
  examples: ['quorate tokens create --scope ingest --origin https://app.example', 'quorate tokens list'],
  register(program: Command, run) {
    const tokens = program
      .command('tokens')
      .description('Make, list and revoke the tokens that open `quorate serve`.');
    tokens
      .command('create')
      .description('Make a token; it is shown once, only its hash is kept.')
      .requiredOption('--scope <scopes...>', 'ingest, annotate, read or admin; several are allowed')
      .option('--origin <origins...>', 'web origins whose pages may use it, for example https://app.example')
      .option(
        '--rate <rate>',
        'events a time, for example 60/min, or none (default: 600/min with --origin, else none)',
      )
      .option('--signed-authors', 'take authors only with a signature of your own server')
      .option('--name <name>', 'what it is for')
      .option(...store)
      .option('--json', 'print it as JSON')
      .action(
        run(async (io, flags: CreateFlags) => {
          const { createToken } = await import('./run.ts');
          return createToken(io, flags);
        }),
      );
    tokens
      .command('list')
      .description('List the tokens: never the secrets.')
      .option(...store)
      .option('--json', 'print them as JSON')
      .action(
        run(async (io, flags: StoreFlags) => {
          const { listTokens } = await import('./run.ts');
          return listTokens(io, flags);
        }),
      );
    tokens
      .command('revoke')
      .description('Close a token for good; a running server refuses it from the next request on.')
      .argument('<id>', 'its id, or the whole token')
      .option(...store)
      .action(
        run(async (io, id: string, flags: StoreFlags) => {
          const { revokeToken } = await import('./run.ts');
          return revokeToken(io, id, flags);
        }),
      );
  },
};
