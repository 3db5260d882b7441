import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import { addJudgeOptions } from '../judge-options.ts';
import type { CheckFlags } from './check-items.ts';
import type { ClaimFlags } from './evaluate-claims.ts';
import type { IndexFlags } from './index-corpus.ts';

export const factsCommand: ProgramCommand = {
  name: 'facts',
  group: 'Parts',
  examples: ['quorate facts index docs', 'quorate facts check items.jsonl --corpus .quorate/corpus.db'],
  register(program: Command, run) {
    const facts = program
      .command('facts')
      .description('Index documents, and check what responses claim against them.');
    facts
      .command('index')
      .description('Bring documents (Markdown, text, HTML, JSONL, CSV; .gz too) into a corpus.')
      .argument('<paths...>', 'files and folders')
      .option('--corpus <file>', 'the corpus to fill', '.quorate/corpus.db')
      .option('--embeddings-url <url>', 'OpenAI-compatible server: makes vectors for hybrid search')
      .option('--embeddings-model <name>', 'model of that server')
      .option('--embeddings-key-env <name>', 'environment variable that holds its key')
      .option('--json', 'print the report as JSON')
      .action(
        run(async (io, paths: readonly string[], flags: IndexFlags) => {
          const { indexCorpus } = await import('./index-corpus.ts');
          return indexCorpus(io, paths, flags);
        }),
      );
    facts
      .command('check')
      .description(
        'Check the responses of an items file without a model: supported, refuted or unverifiable.',
      )
      .argument('<items>', 'items (JSONL), or one response as a text file')
      .option('--corpus <file>', 'a corpus made by `quorate facts index`')
      .option('--no-own', "leave the items' own reference and context out")
      .option('--refuted <severity>', 'what a refuted claim does: veto, penalty or info', 'penalty')
      .option('--target <k>', 'K of F1@K', '8')
      .option('--out <file>', 'write the votes (JSONL)')
      .option('--json', 'print the report as JSON')
      .action(
        run(async (io, items: string, flags: CheckFlags) => {
          const { checkItems } = await import('./check-items.ts');
          return checkItems(io, items, flags);
        }),
      );
    const evaluation = facts
      .command('eval')
      .description(
        'How often verdicts on claims are right, by claims of which it is known whether they are true.',
      )
      .argument('<files...>', 'labelled claims with their evidence (JSONL, .gz accepted)');
    addJudgeOptions(evaluation)
      .option('--passages <number>', 'passages of the evidence looked at for each claim; default: all')
      .option('--limit <number>', 'about this many claims, whole clusters drawn by the seed')
      .option('--seed <number>', 'seed of the draw', '1')
      .option('--concurrency <number>', 'calls in flight at most', '16')
      .option('--store <file>', 'database that keeps the replies', '.quorate/facts-eval.db')
      .option('--retry-errors', 'ask again what ended in an error')
      .option('--json', 'print the report as JSON')
      .action(
        run(async (io, files: readonly string[], flags: ClaimFlags) => {
          const { evaluateClaims } = await import('./evaluate-claims.ts');
          return evaluateClaims(io, files, flags);
        }),
      );
  },
};
