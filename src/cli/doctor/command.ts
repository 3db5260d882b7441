import type { Command } from 'commander';
import type { Job } from '../../domain/job.ts';
import type { ProgramCommand } from '../command.ts';
import { type CommandIo, line, note } from '../io.ts';
import { numberOption } from '../number-option.ts';

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
    program
      .command('doctor')
      .description('Ask every judge one small question and say what is wrong.')
      .argument('[job]', 'the job file', 'job.yaml')
      .option('--attack', 'also show each judge responses that try to win by trickery, and count how many do')
      .option(
        '--allow <share>',
        'share of attacks that may succeed with a judge; above it the exit code is 1',
        '0',
      )
      .option('--json', 'the findings as JSON on standard output')
      .action(
        run(async (io, file: string, flags: DoctorFlags) => {
          const { resolve } = await import('node:path');
          const { loadJob } = await import('../../config/job/load-job.ts');
          const { examine } = await import('./examine.ts');
          const { exitCodeOf, findingLines } = await import('./findings.ts');
          const allowed = numberOption('--allow', flags.allow, { min: 0, max: 1 });
          const job = await loadJob(resolve(io.cwd, file), io.env);
          const findings = await examine(job.panel, io.env, io.signal);
          const code = exitCodeOf(findings);
          const attacks = flags.attack === true && code === 0 ? await attack(job, io, allowed) : null;
          if (flags.json === true) {
            const found = { judges: findings, ...(attacks === null ? {} : { attacks: attacks.findings }) };
            line(io, JSON.stringify(found, null, 2));
          } else {
            for (const text of [...findingLines(findings), ...(attacks?.lines ?? [])]) line(io, text);
          }
          note(io, code === 0 ? 'Every judge can be asked.' : 'Not every judge can be asked.');
          if (attacks !== null) note(io, attacks.verdict);
          return attacks?.code ?? code;
        }),
      );
  },
};

interface DoctorFlags {
  readonly json?: true;
  readonly attack?: true;
  readonly allow: string;
}

async function attack(job: Job, io: CommandIo, allowed: number) {
  const { attackCode, attackJudges, attackLines, attackVerdict } = await import('./attack.ts');
  const report = await attackJudges(job, io);
  const code = attackCode(report, allowed);
  return { findings: report.findings, lines: attackLines(report), code, verdict: attackVerdict(code) };
}
