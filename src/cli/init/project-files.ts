import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publishedSchema, schemaFileName, schemaNames } from '../../config/published-schemas.ts';
import { shippedFolder } from '../../config/yaml/shipped-files.ts';
import { version } from '../../files/version.ts';
import { type JudgeChoice, withJudges } from './judge-snippets.ts';

export const templates = {
  pairs: 'turn judged responses into training pairs',
  gate: 'compare a new model with the one in use',
  agreement: 'measure how far judges and people agree',
} as const;
export type Template = keyof typeof templates;

export interface ProjectChoices {
  readonly template: Template;
  readonly judges: readonly JudgeChoice[];
}

/** The files of a new project: text by path. */
export async function projectFiles({ template, judges }: ProjectChoices): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const folder of ['common', template]) {
    const path = join(shippedFolder('examples'), 'templates', folder);
    for (const name of (await readdir(path)).sort()) {
      files.set(projectPath(name), adapted(await readFile(join(path, name), 'utf8'), judges));
    }
  }
  for (const name of schemaNames) {
    files.set(`schemas/${schemaFileName(name)}`, `${JSON.stringify(publishedSchema(name), null, 2)}\n`);
  }
  return files;
}

/** Names that a package may not carry as they are. */
function projectPath(name: string): string {
  if (name === 'gitignore') return '.gitignore';
  return name === 'workflow.yaml' ? '.github/workflows/quorate.yaml' : name;
}

function adapted(text: string, judges: readonly JudgeChoice[]): string {
  return withJudges(text, judges)
    .replace('$schema=../../../schemas/', '$schema=schemas/')
    .replace('quorate@VERSION', `quorate@${version}`);
}
