import type { Command } from 'commander';
import type { Job } from '../../domain/job.ts';
import type { CommandModule } from '../command.ts';
import { type CommandIo, line, note } from '../io.ts';

export const doctorCommand: CommandModule = {
  name: 'doctor',
  register(program: Command, run) {
    program
      .command('doctor')
      .description('Ask every judge one small question and say what is wrong.')
      .argument('[job]', 'the job file', 'job.yaml')
      .option('--attack', 'also show each judge responses that try to win by trickery, and count how many do')
      .option('--json', 'the findings as JSON on standard output')
      .action(
        run(async (io, file: string, flags: { readonly json?: true; readonly attack?: true }) => {
          const { resolve } = await import('node:path');
          const { loadJob } = await import('../../config/load-job.ts');
          const { examine } = await import('../doctor/examine.ts');
          const { exitCodeOf, findingLines } = await import('../doctor/findings.ts');
          const job = await loadJob(resolve(io.cwd, file), io.env);
          const findings = await examine(job.panel, io.env, io.signal);
          const code = exitCodeOf(findings);
          const attacks = flags.attack === true && code === 0 ? await attack(job, io) : null;
          if (flags.json === true) {
            const found = { judges: findings, ...(attacks === null ? {} : { attacks: attacks.findings }) };
            line(io, JSON.stringify(found, null, 2));
          } else {
            for (const text of [...findingLines(findings), ...(attacks?.lines ?? [])]) line(io, text);
          }
          note(io, code === 0 ? 'Every judge can be asked.' : 'Not every judge can be asked.');
          return code;
        }),
      );
  },
};

async function attack(job: Job, io: CommandIo) {
  const { attackJudges, attackLines } = await import('../doctor/attack.ts');
  const findings = await attackJudges(job, io);
  return { findings, lines: attackLines(findings) };
}
