import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import type { PromoteFlags, RollbackFlags } from './promote.ts';
import type { RegisterFlags } from './register.ts';
import type { RegistryFlags } from './with-registry.ts';

const collect = (value: string, earlier: readonly string[] = []) => [...earlier, value];

/** The options that every sub-command has. */
function subCommand(models: Command, name: string, description: string): Command {
  return models
    .command(name)
    .description(description)
    .option('--registry <file>', 'the registry', '.quorate/registry.db')
    .option('--json', 'print the result as JSON');
}

export const modelsCommand: ProgramCommand = {
  name: 'models',
  group: 'Ship',
  examples: [
    'quorate models register assistant --artefact models/v2',
    'quorate models promote assistant 2 --gate gate.json',
  ],
  exits: { 1: 'promote: the gate result does not allow it', 3: 'promote: the gate was inconclusive' },
  register(program: Command, run) {
    const models = program
      .command('models')
      .description('Versions of models: where they come from, what their gates said, which one serves.');
    subCommand(models, 'list', 'Every model and its versions.').action(
      run(async (io, flags: RegistryFlags) => (await import('./show.ts')).listModels(io, flags)),
    );
    subCommand(models, 'show', 'A model with its history, or one version with all that is known of it.')
      .argument('<model>')
      .argument('[version]')
      .action(
        run(async (io, model: string, version: string | undefined, flags: RegistryFlags) =>
          (await import('./show.ts')).showModel(io, model, version, flags),
        ),
      );
    subCommand(models, 'register', 'Add a version as a candidate.')
      .argument('<model>')
      .requiredOption('--artefact <path>', 'path or URI of what is served')
      .option('--served-as <name>', 'how feedback and items call it; default MODEL:VERSION')
      .option('--base-model <name>', 'what it was trained from')
      .option('--manifest <path>', 'manifest of the training data, or their folder')
      .option('--training-config <file>', 'settings of the training (JSON or YAML)')
      .option('--job <file>', 'the job whose preferences were trained on')
      .option('--metrics <file>', 'JSON file with numbers')
      .option('--description <text>')
      .option('--tag <key=value>', 'repeatable', collect)
      .option('--key <text>', 'the same key registers once')
      .option('--by <name>', 'who registers; default: the user of this machine')
      .action(
        run(async (io, model: string, flags: RegisterFlags) =>
          (await import('./register.ts')).registerModel(io, model, flags),
        ),
      );
    subCommand(
      models,
      'promote',
      'Move a version to another stage; to production only through a passed gate against what serves now.',
    )
      .argument('<model>')
      .argument('<version>')
      .option('--to <stage>', 'production, staging or archived', 'production')
      .option('--gate <report>', 'what quorate gate --json wrote; recorded whatever it says')
      .option('--reason <text>', 'why')
      .option('--override <reason>', 'promote against the gate; needs --by')
      .option('--by <name>', 'who promotes; default: the user of this machine')
      .action(
        run(async (io, model: string, version: string, flags: PromoteFlags) =>
          (await import('./promote.ts')).promoteModel(io, model, version, flags),
        ),
      );
    subCommand(models, 'rollback', 'Bring back the version that was in production before.')
      .argument('<model>')
      .requiredOption('--reason <text>', 'why')
      .option('--from <version>', 'roll back only if this version is in production')
      .option('--by <name>', 'who rolls back; default: the user of this machine')
      .action(
        run(async (io, model: string, flags: RollbackFlags) =>
          (await import('./promote.ts')).rollBackModel(io, model, flags),
        ),
      );
    subCommand(models, 'diff', 'What differs between two versions: data, settings, metrics.')
      .argument('<model>')
      .argument('<before>')
      .argument('<after>')
      .action(
        run(async (io, model: string, before: string, after: string, flags: RegistryFlags) =>
          (await import('./show.ts')).diffModels(io, model, [before, after], flags),
        ),
      );
  },
};
