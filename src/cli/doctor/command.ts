import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import { jsonOption, pluginOption, trustOption } from '../options.ts';
import type { DoctorFlags } from './run.ts';

export const doctorCommand: ProgramCommand = {
  name: 'doctor',
  group: 'Judge',
  examples: ['quorate doctor job.yaml', 'quorate doctor job.yaml --attack --allow 0.05'],
  exits: {
    1: 'with --attack: a judge exceeds the allowed attack success rate',
    3: 'with --attack: the attacks are inconclusive',
    4: 'a key is missing or refused',
    5: 'a judge cannot be called',
  },
  register(program: Command, run) {
    const command = program
      .command('doctor')
      .description('Make one test call to every judge and report what is wrong; --attack tests robustness.')
      .argument('[job]', 'job file (YAML)', 'job.yaml')
      .option('--attack', 'also judge adversarial responses and report the success rate of the attacks')
      .option('--allow <share>', 'allowed success rate of attacks per judge', '0');
    trustOption(pluginOption(command));
    jsonOption(command, 'the findings').action(
      run(async (io, jobFile: string, flags: DoctorFlags) => {
        const { runDoctor } = await import('./run.ts');
        return runDoctor(io, jobFile, flags);
      }),
    );
  },
};
