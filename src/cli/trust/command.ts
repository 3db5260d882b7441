import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import { jsonOption } from '../options.ts';
import type { TrustFlags } from './run.ts';

export const trustCommand: ProgramCommand = {
  name: 'trust',
  group: 'Parts',
  examples: ['quorate trust job.yaml', 'quorate trust --show', 'quorate trust loop.yaml --revoke'],
  exits: { 1: 'with --show: something needs consent and has none' },
  register(program: Command, run) {
    const command = program
      .command('trust')
      .description(
        'Agree to what the files of a project do: keys to other hosts, commands, writes outside the project.',
      )
      .argument('[path]', 'a job, gate, loop or feedback file, or a folder with such files', '.')
      .option('--show', 'list what the files ask for, without agreeing to it')
      .option('--revoke', 'withdraw the consent');
    jsonOption(command, 'what the files ask for').action(
      run(async (io, path: string, flags: TrustFlags) => {
        const { runTrust } = await import('./run.ts');
        return runTrust(io, path, flags);
      }),
    );
  },
};
