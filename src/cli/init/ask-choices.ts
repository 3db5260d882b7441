import { cancel, intro, isCancel, multiselect, select, text } from '@clack/prompts';
import { type JudgeChoice, judgeChoices } from './judge-snippets.ts';
import { type ProjectChoices, type Template, templates } from './project-files.ts';

/** What the command line has said already; what is missing is asked. */
export interface GivenChoices {
  readonly folder?: string;
  readonly template?: Template;
  readonly judges?: readonly JudgeChoice[];
}

/** Asks at a terminal. Null when the person gives up. */
export async function askChoices(
  given: GivenChoices,
): Promise<(ProjectChoices & { readonly folder: string }) | null> {
  const output = process.stderr;
  intro('A new Quorate project', { output });
  const folder =
    given.folder ?? (await text({ message: 'Folder?', defaultValue: '.', placeholder: '.', output }));
  if (isCancel(folder)) return giveUp();
  const template =
    given.template ??
    (await select<Template>({
      message: 'What is it for?',
      options: (Object.keys(templates) as Template[]).map((value) => ({ value, label: templates[value] })),
      output,
    }));
  if (isCancel(template)) return giveUp();
  const judges =
    given.judges ??
    (await multiselect<JudgeChoice>({
      message: 'Which judges may join in, when their key or server is there?',
      options: judgeChoices.map((value) => ({ value })),
      initialValues: [...judgeChoices],
      required: false,
      output,
    }));
  if (isCancel(judges)) return giveUp();
  return { folder, template, judges };
}

function giveUp(): null {
  cancel('Nothing was written.', { output: process.stderr });
  return null;
}
