import type { Command } from 'commander';
import type { JudgeChoice } from '../app/choose-judge.ts';

export type JudgeFlags = JudgeChoice;

export function addJudgeOptions(command: Command): Command {
  return command
    .option('--job <job>', 'take the judge from this job file')
    .option('--judge <id>', 'which judge of the job; default: the first')
    .option('--provider <name>', 'instead of a job: the provider of the judge')
    .option('--model <model>', 'its model id, or the path of a GGUF file')
    .option('--base-url <url>', 'its base URL')
    .option('--key-env <name>', 'the environment variable with its key');
}
