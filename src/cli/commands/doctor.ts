import type { Command } from 'commander';
import type { CommandModule } from '../command.ts';
import { line, note } from '../io.ts';

export const doctorCommand: CommandModule = {
  name: 'doctor',
  register(program: Command, run) {
    program
      .command('doctor')
      .description('Ask every judge one small question and say what is wrong.')
      .argument('[job]', 'the job file', 'job.yaml')
      .option('--json', 'the findings as JSON on standard output')
      .action(
        run(async (io, file: string, flags: { readonly json?: true }) => {
          const { resolve } = await import('node:path');
          const { loadJob } = await import('../../config/load-job.ts');
          const { examine } = await import('../doctor/examine.ts');
          const { exitCodeOf, findingLines } = await import('../doctor/findings.ts');
          const job = await loadJob(resolve(io.cwd, file), io.env);
          const findings = await examine(job.panel, io.env, io.signal);
          if (flags.json === true) line(io, JSON.stringify({ judges: findings }, null, 2));
          else for (const text of findingLines(findings)) line(io, text);
          const code = exitCodeOf(findings);
          note(io, code === 0 ? 'Every judge can be asked.' : 'Not every judge can be asked.');
          return code;
        }),
      );
  },
};
