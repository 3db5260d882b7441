import { cancel, intro, isCancel, multiselect, select, text } from '@clack/prompts';
import {
  type JudgeChoice,
  judgeChoices,
  type ProjectChoices,
  type Template,
  templates,
} from '../../app/project/project-files.ts';

/** Choices from the command line; the prompts ask for the rest. */
export interface GivenChoices {
  readonly folder?: string;
  readonly template?: Template;
  readonly judges?: readonly JudgeChoice[];
}

/** Prompts at a terminal. Null when the user cancels. */
export async function askChoices(
  given: GivenChoices,
): Promise<(ProjectChoices & { readonly folder: string }) | null> {
  const output = process.stderr;
  intro('A new Quorate project', { output });
  const folder =
    given.folder ?? (await text({ message: 'Folder?', defaultValue: '.', placeholder: '.', output }));
  if (isCancel(folder)) return cancelled();
  const template =
    given.template ??
    (await select<Template>({
      message: 'What is the project for?',
      options: (Object.keys(templates) as Template[]).map((value) => ({ value, label: templates[value] })),
      output,
    }));
  if (isCancel(template)) return cancelled();
  const judges =
    given.judges ??
    (await multiselect<JudgeChoice>({
      message: 'Which judges take part, when their key or server is available?',
      options: judgeChoices.map((value) => ({ value })),
      initialValues: [...judgeChoices],
      required: false,
      output,
    }));
  if (isCancel(judges)) return cancelled();
  return { folder, template, judges };
}

function cancelled(): null {
  cancel('Nothing was written.', { output: process.stderr });
  return null;
}
