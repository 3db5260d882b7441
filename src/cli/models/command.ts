import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import type { RegistryFlags } from './options.ts';
import type { PromoteFlags, RegisterFlags, RollbackFlags } from './run.ts';

const collect = (value: string, earlier: readonly string[] = []) => [...earlier, value];

/** The options that every sub-command has. */
function subCommand(models: Command, name: string, description: string): Command {
  return models
    .command(name)
    .description(description)
    .option('--registry <file>', 'model registry', '.quorate/registry.db')
    .option('--json', 'print the result as JSON');
}

export const modelsCommand: ProgramCommand = {
  name: 'models',
  group: 'Ship',
  examples: [
    'quorate models register assistant --artefact models/v2',
    'quorate models promote assistant 2 --gate-report gate.json',
  ],
  exits: { 1: 'promote: the gate result does not allow it', 3: 'promote: the gate was inconclusive' },
  register(program: Command, run) {
    const models = program
      .command('models')
      .description('Manage model versions: their lineage, their gates, and which one is in production.');
    subCommand(models, 'list', 'List every model and its versions.').action(
      run(async (io, flags: RegistryFlags) => (await import('./run.ts')).runList(io, flags)),
    );
    subCommand(models, 'show', 'Show a model with its history, or one version in full.')
      .argument('<model>')
      .argument('[version]')
      .action(
        run(async (io, model: string, version: string | undefined, flags: RegistryFlags) =>
          (await import('./run.ts')).runShow(io, model, version, flags),
        ),
      );
    subCommand(models, 'register', 'Add a version as a candidate.')
      .argument('<model>')
      .requiredOption('--artefact <path>', 'path or URI of the model')
      .option('--served-as <name>', 'name of the version in feedback and items; default: MODEL:VERSION')
      .option('--base-model <name>', 'model that was trained further')
      .option('--manifest <path>', 'manifest of the training data, or its folder')
      .option('--training-config <file>', 'training settings (JSON or YAML)')
      .option('--job <file>', 'job that produced the preferences')
      .option('--metrics <file>', 'metrics of the version (JSON)')
      .option('--description <text>', 'free text')
      .option('--tag <key=value>', 'label; may be repeated', collect)
      .option('--key <text>', 'idempotency key: the same key registers once')
      .option('--by <name>', 'name that the registry records; default: the user of this machine')
      .action(
        run(async (io, model: string, flags: RegisterFlags) =>
          (await import('./run.ts')).runRegister(io, model, flags),
        ),
      );
    subCommand(
      models,
      'promote',
      'Move a version to another stage; to production only after it passed a gate against the current one.',
    )
      .argument('<model>')
      .argument('<version>')
      .option('--to <stage>', 'production, staging or archived', 'production')
      .option('--gate-report <file>', 'report of quorate gate (JSON); it is always recorded')
      .option('--reason <text>', 'reason to record')
      .option('--override <reason>', 'promote against the gate; requires --by')
      .option('--by <name>', 'name that the registry records; default: the user of this machine')
      .action(
        run(async (io, model: string, version: string, flags: PromoteFlags) =>
          (await import('./run.ts')).runPromote(io, model, version, flags),
        ),
      );
    subCommand(models, 'rollback', 'Roll back to the previous production version.')
      .argument('<model>')
      .requiredOption('--reason <text>', 'reason to record')
      .option('--from <version>', 'roll back only if this version is in production')
      .option('--by <name>', 'name that the registry records; default: the user of this machine')
      .action(
        run(async (io, model: string, flags: RollbackFlags) =>
          (await import('./run.ts')).runRollback(io, model, flags),
        ),
      );
    subCommand(models, 'diff', 'Show what differs between two versions: data, settings, metrics.')
      .argument('<model>')
      .argument('<before>')
      .argument('<after>')
      .action(
        run(async (io, model: string, before: string, after: string, flags: RegistryFlags) =>
          (await import('./run.ts')).runDiff(io, model, [before, after], flags),
        ),
      );
  },
};
