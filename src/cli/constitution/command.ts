import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import { addJudgeOptions, pluginOption, trustOption } from '../options.ts';
import type { EvaluationFlags, RevisionFlags } from './run.ts';

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
      .description('Evaluate a constitution on labelled pairs, or revise responses under it.');
    const evaluation = constitution
      .command('eval')
      .description('Measure how often the preferences under a constitution agree with known labels.')
      .argument('<constitution>', 'path, or the id of a bundled one')
      .argument('<files...>', 'pairs with a known better response (JSONL, .gz)');
    addJudgeOptions(evaluation)
      .option('--limit <number>', 'number of pairs drawn from each file')
      .option('--principles-per-pair <number>', 'principles drawn for each pair', '1')
      .option('--samples <number>', 'samples of a question without log-probabilities', '1')
      .option(
        '--reason-words <number>',
        'length of the reasoning before a verdict without log-probabilities; 0: none',
        '80',
      )
      .option('--seed <number>', 'random seed', '1')
      .option('--concurrency <number>', 'maximum number of concurrent calls', '16')
      .option('--replies <file>', 'database that keeps the replies', '.quorate/constitution-eval.db')
      .option('--json', 'print the report as JSON')
      .action(
        run(async (io, name: string, files: readonly string[], flags: EvaluationFlags) => {
          const { runEvaluation } = await import('./run.ts');
          return runEvaluation(io, name, files, flags);
        }),
      );
    const revision = constitution
      .command('revise')
      .description(
        'Run the self-critique and revision of a job: revisions, items with both texts, preferences.',
      )
      .argument('<job>', 'job file (YAML) with constitution.self_critique');
    trustOption(pluginOption(revision))
      .option('--retry-errors', 'ask again what ended in an error')
      .option('--json', 'print the report as JSON')
      .action(
        run(async (io, job: string, flags: RevisionFlags) => {
          const { runRevision } = await import('./run.ts');
          return runRevision(io, job, flags);
        }),
      );
  },
};
