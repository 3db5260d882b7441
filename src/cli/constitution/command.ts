import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import { addJudgeOptions } from '../judge-options.ts';
import type { EvaluationFlags, RevisionFlags } from './flags.ts';

export const constitutionCommand: ProgramCommand = {
  name: 'constitution',
  group: 'Parts',
  examples: [
    'quorate constitution eval honesty pairs.jsonl --job job.yaml',
    'quorate constitution revise job.yaml',
  ],
  register(program: Command, run) {
    const constitution = program
      .command('constitution')
      .description('Measure a constitution on known pairs, or let responses be revised under it.');
    const evaluation = constitution
      .command('eval')
      .description('How often the preference labels of a constitution side with what is known.')
      .argument('<constitution>', 'path, or the id of a shipped one')
      .argument('<files...>', 'pairs with a known better response (JSONL, .gz accepted)');
    addJudgeOptions(evaluation)
      .option('--limit <number>', 'ask about this many pairs of each file, drawn by the seed')
      .option('--principles <number>', 'principles drawn for each pair', '1')
      .option('--samples <number>', 'samples of a question where there are no log-probabilities', '1')
      .option(
        '--reason <words>',
        'words of reasons before a verdict without log-probabilities; 0: none',
        '80',
      )
      .option('--seed <number>', 'seed of every draw', '1')
      .option('--concurrency <number>', 'calls in flight at most', '16')
      .option('--store <file>', 'database that keeps the replies', '.quorate/constitution-eval.db')
      .option('--json', 'print the report as JSON')
      .action(
        run(async (io, name: string, files: readonly string[], flags: EvaluationFlags) => {
          const { evaluateConstitution } = await import('./evaluate.ts');
          return evaluateConstitution(io, name, files, flags);
        }),
      );
    constitution
      .command('revise')
      .description(
        'Self-critique and revision as the job says: revisions, items with both texts, preferences.',
      )
      .argument('<job>', 'job file (YAML) with constitution.self_critique')
      .option('--retry-errors', 'ask again what ended in an error')
      .option('--json', 'print the report as JSON')
      .action(
        run(async (io, job: string, flags: RevisionFlags) => {
          const { reviseJob } = await import('./revise.ts');
          return reviseJob(io, job, flags);
        }),
      );
  },
};
