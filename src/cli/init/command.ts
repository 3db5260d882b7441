import type { ProgramCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { note } from '../io.ts';

interface InitFlags {
  readonly template?: string;
  readonly judge?: readonly string[];
  readonly yes?: boolean;
}

export const initCommand: ProgramCommand = {
  name: 'init',
  group: 'Judge',
  examples: ['quorate init my-project --template pairs', 'quorate init --judge openai anthropic --yes'],
  register(program, run) {
    program
      .command('init')
      .description('Write a small project that runs at once.')
      .argument('[dir]', 'folder to write into (default: here)')
      .option('--template <name>', 'pairs, gate or agreement (default: pairs)')
      .option('--judge <name...>', 'openai, anthropic, ollama or none (default: all of them, when available)')
      .option('--yes', 'ask nothing, also at a terminal')
      .action(
        run(async (io, dir: string | undefined, flags: InitFlags) => {
          const { resolve } = await import('node:path');
          const { chooseProject } = await import('./choose-project.ts');
          const { projectFiles } = await import('./project-files.ts');
          const { writeProject } = await import('./write-project.ts');
          const asks = flags.yes !== true && io.outIsTerminal && io.errIsTerminal;
          const choices = await chooseProject(
            { folder: dir, template: flags.template, judges: flags.judge },
            asks,
          );
          if (choices === null) return exitCodes.interrupted;
          const folder = resolve(io.cwd, choices.folder);
          const files = await projectFiles(choices);
          await writeProject(folder, files);
          for (const path of files.keys()) if (!path.startsWith('schemas/')) note(io, `  ${path}`);
          note(io, `Written to ${folder}. Without a key its only rater is a heuristic: no LLM takes part.`);
          note(io, `Next:${choices.folder === '.' ? '' : ` cd ${choices.folder} &&`} quorate run job.yaml`);
          return exitCodes.ok;
        }),
      );
  },
};
