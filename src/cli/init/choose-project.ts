import {
  judgeChoices,
  type ProjectChoices,
  type Template,
  templates,
} from '../../app/project/project-files.ts';
import { closest } from '../../config/yaml/closest.ts';
import { ConfigError } from '../../domain/errors.ts';

/** Flags as typed, unchecked. */
export interface WrittenChoices {
  readonly folder: string | undefined;
  readonly template: string | undefined;
  readonly judges: readonly string[] | undefined;
}

/** The choices for a new project, from flags and prompts. Null when the user cancels. */
export async function chooseProject(
  written: WrittenChoices,
  asks: boolean,
): Promise<(ProjectChoices & { readonly folder: string }) | null> {
  const { folder } = written;
  const template =
    written.template === undefined
      ? undefined
      : oneOf('template', written.template, Object.keys(templates) as Template[]);
  const judges = written.judges
    ?.filter((judge) => judge !== 'none')
    .map((judge) => oneOf('judge', judge, judgeChoices));
  if (!asks) return { folder: folder ?? '.', template: template ?? 'pairs', judges: judges ?? judgeChoices };
  const { askChoices } = await import('./ask-choices.ts');
  return askChoices({
    ...(folder === undefined ? {} : { folder }),
    ...(template === undefined ? {} : { template }),
    ...(judges === undefined ? {} : { judges }),
  });
}

function oneOf<T extends string>(flag: string, written: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === written);
  if (found !== undefined) return found;
  const near = closest(written, choices);
  throw new ConfigError(`--${flag} must be one of ${choices.join(', ')}, received "${written}"`, [], {
    hint: near === undefined ? `for example --${flag} ${choices[0]}` : `did you mean "${near}"?`,
  });
}
