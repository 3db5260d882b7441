import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import { pluginOption, trustOption } from '../options.ts';
import type { GateFlags } from './run.ts';

export const gateCommand: ProgramCommand = {
  name: 'gate',
  group: 'Ship',
  examples: [
    'quorate gate --candidate new.jsonl --baseline old.jsonl --items items.jsonl --gate gate.yaml',
    'quorate gate --candidate new.jsonl --baseline baseline.json --items items.jsonl --gate gate.yaml --junit gate.xml',
  ],
  exits: { 0: 'the candidate passes', 1: 'the candidate fails', 3: 'inconclusive: not enough data' },
  register(program: Command, run) {
    const command = program
      .command('gate')
      .description('Compare a candidate model with a baseline.')
      .requiredOption(
        '--candidate <file>',
        'responses of the candidate (JSONL), or its model name in --items',
      )
      .option('--baseline <file>', 'responses of the baseline, a committed baseline, or its name in --items')
      .option('--items <file>', 'items: prompts, references, categories, clusters')
      .option('--gate <file>', 'gate file (YAML): criteria, floors, panel; any job file also works')
      .option('--votes <files...>', 'recorded votes; the panel is not asked')
      .option('--labels <files...>', 'human labels on a part of the items, as votes')
      .option('--sequential', 'evaluate after every batch and stop once the answer is settled')
      .option('--max-usd <usd>', 'budget of the gate; overrides the file')
      .option('--retry-errors', 'ask again what ended in an error')
      .option('--allow-commands', 'let rules run programs')
      .option('--votes-out <file>', 'write the votes (JSONL)')
      .option('--baseline-out <file>', 'record the candidate as the next baseline if it passes')
      .option('--report <file>', 'write the full result (JSON); quorate models promote takes it')
      .option('--json', 'print the full result as JSON')
      .option('--junit <file>', 'write JUnit XML')
      .option('--markdown <file>', 'write a pull request comment, regressions first')
      .option('--html <file>', 'write a self-contained page')
      .option('--annotations', 'print GitHub annotations');
    trustOption(pluginOption(command)).action(
      run(async (io, flags: GateFlags) => {
        const { runGateCommand } = await import('./run.ts');
        return runGateCommand(io, flags);
      }),
    );
  },
};
