import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import { addJudgeOptions } from '../options.ts';
import type { CheckFlags, ClaimFlags, IndexFlags } from './run.ts';

export const factsCommand: ProgramCommand = {
  name: 'facts',
  group: 'Parts',
  examples: ['quorate facts index docs', 'quorate facts check items.jsonl --corpus .quorate/corpus.db'],
  register(program: Command, run) {
    const facts = program
      .command('facts')
      .description('Index documents, and check the claims of responses against them.');
    facts
      .command('index')
      .description('Index documents (Markdown, text, HTML, JSONL, CSV; .gz too) into a corpus.')
      .argument('<paths...>', 'files and folders')
      .option('--corpus <file>', 'corpus to create or update', '.quorate/corpus.db')
      .option('--embeddings-url <url>', 'OpenAI-compatible server that embeds passages for hybrid search')
      .option('--embeddings-model <name>', 'embedding model')
      .option('--embeddings-key-env <name>', 'environment variable with its key')
      .option('--json', 'print the report as JSON')
      .action(
        run(async (io, paths: readonly string[], flags: IndexFlags) => {
          const { runIndex } = await import('./run.ts');
          return runIndex(io, paths, flags);
        }),
      );
    facts
      .command('check')
      .description('Check the claims of responses without a model: supported, refuted or unverifiable.')
      .argument('<items>', 'items (JSONL), or one response as a text file')
      .option('--corpus <file>', 'corpus made by `quorate facts index`')
      .option('--no-item-evidence', 'ignore the reference and context of the items')
      .option('--refuted <severity>', 'severity of a refuted claim: veto, penalty or info', 'penalty')
      .option('--max-claims <number>', 'supported claims that count towards recall (K of F1@K)', '8')
      .option('--out <file>', 'write the votes (JSONL)')
      .option('--json', 'print the report as JSON')
      .action(
        run(async (io, items: string, flags: CheckFlags) => {
          const { runCheck } = await import('./run.ts');
          return runCheck(io, items, flags);
        }),
      );
    const evaluation = facts
      .command('eval')
      .description('Measure the accuracy of claim verdicts against claims with known truth.')
      .argument('<files...>', 'labelled claims with their evidence (JSONL, .gz)');
    addJudgeOptions(evaluation)
      .option('--passages <number>', 'passages of the evidence used for each claim; default: all')
      .option('--limit <number>', 'about this many claims, drawn in whole clusters')
      .option('--seed <number>', 'random seed', '1')
      .option('--concurrency <number>', 'maximum number of concurrent calls', '16')
      .option('--replies <file>', 'database that keeps the replies', '.quorate/facts-eval.db')
      .option('--retry-errors', 'ask again what ended in an error')
      .option('--json', 'print the report as JSON')
      .action(
        run(async (io, files: readonly string[], flags: ClaimFlags) => {
          const { runEvaluation } = await import('./run.ts');
          return runEvaluation(io, files, flags);
        }),
      );
  },
};
