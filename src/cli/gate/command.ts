import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import type { GateFlags } from './gate-flags.ts';

export const gateCommand: ProgramCommand = {
  name: 'gate',
  group: 'Ship',
  examples: [
    'quorate gate --candidate new.jsonl --baseline old.jsonl --items items.jsonl --job gate.yaml',
    'quorate gate --candidate new.jsonl --baseline baseline.json --items items.jsonl --job gate.yaml --junit gate.xml',
  ],
  exits: { 0: 'the candidate passes', 1: 'the candidate fails', 3: 'inconclusive: not enough data' },
  register(program: Command, run) {
    program
      .command('gate')
      .description('Hold a candidate model against a baseline: exit 0 pass, 1 fail, 3 not enough data.')
      .requiredOption('--candidate <file>', 'responses of the new model (JSONL), or its name in --items')
      .option('--baseline <file>', 'responses of the old one, a committed baseline, or its name in --items')
      .option('--items <file>', 'items: prompts, references, categories, clusters')
      .option('--job <file>', 'gate file (YAML): criteria, floors, panel; any job file will do')
      .option('--votes <files...>', 'recorded votes instead of a panel: nobody is asked')
      .option('--labels <files...>', 'what people say on a part of the items, as votes')
      .option('--sequential', 'look after every batch, and stop asking once the answer is clear')
      .option('--max-usd <usd>', 'the most that the gate may cost, instead of what the file says')
      .option('--retry-errors', 'ask again what ended in an error')
      .option('--allow-commands', 'let rules run programs')
      .option('--write-votes <file>', 'the votes that were given (JSONL)')
      .option('--write-baseline <file>', 'record the candidate as the next baseline, if it passes')
      .option('--write-result <file>', 'the whole result as JSON, for a model registry')
      .option('--json', 'the whole result as JSON on standard output')
      .option('--junit <file>', 'JUnit XML')
      .option('--markdown <file>', 'a comment for a pull request: regressions first')
      .option('--html <file>', 'one self-contained page')
      .option('--annotations', 'GitHub annotations on standard output')
      .action(
        run(async (io, flags: GateFlags) => {
          const { runGate } = await import('./run.ts');
          return runGate(io, flags);
        }),
      );
  },
};
