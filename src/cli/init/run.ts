import { resolve } from 'node:path';
import { writeProject } from '../../app/project/write-project.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, note } from '../io.ts';
import { chooseProject } from './choose-project.ts';

export interface InitFlags {
  readonly template?: string;
  readonly judge?: readonly string[];
  readonly yes?: boolean;
}

export async function runInit(io: CommandIo, dir: string | undefined, flags: InitFlags): Promise<ExitCode> {
  const asks = flags.yes !== true && io.outIsTerminal && io.errIsTerminal;
  const choices = await chooseProject({ folder: dir, template: flags.template, judges: flags.judge }, asks);
  if (choices === null) return exitCodes.interrupted;
  const folder = resolve(io.cwd, choices.folder);
  const files = await writeProject(folder, choices);
  for (const path of files) if (!path.startsWith('schemas/')) note(io, `  ${path}`);
  note(io, `Written to ${folder}. Without a key, its only rater is a heuristic: no LLM judges.`);
  note(io, `Next:${choices.folder === '.' ? '' : ` cd ${choices.folder} &&`} quorate run job.yaml`);
  return exitCodes.ok;
}
