import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publishedSchema, schemaFileName, schemaNames } from '../../config/published-schemas.ts';
import { shippedFolder } from '../../config/yaml/shipped-files.ts';
import { version } from '../../files/version.ts';

/** Judges for a new project, as YAML of its panel. Each takes part when its key or server is available. */
const judgeSnippets: Readonly<Record<JudgeChoice, readonly string[]>> = {
  openai: ['id: gpt', 'provider: openai', 'model: gpt-5-mini', 'key_env: OPENAI_API_KEY', 'when: available'],
  anthropic: [
    'id: claude',
    'provider: anthropic',
    'model: claude-haiku-4-5',
    'key_env: ANTHROPIC_API_KEY',
    'when: available',
  ],
  ollama: [
    'id: ollama',
    'provider: openai-compatible',
    'base_url: http://127.0.0.1:11434/v1',
    'model: llama3.2',
    'price: {input_per_mtok: 0, output_per_mtok: 0}',
    'when: available',
  ],
};

export const judgeChoices = ['openai', 'anthropic', 'ollama'] as const;
export type JudgeChoice = (typeof judgeChoices)[number];

export const templates = {
  pairs: 'preference pairs for training',
  gate: 'compare a new model with the current one in CI',
  agreement: 'measure agreement between judges and humans',
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

/** npm drops or rewrites some file names, so the package stores them under other names. */
function projectPath(name: string): string {
  if (name === 'gitignore') return '.gitignore';
  return name === 'workflow.yaml' ? '.github/workflows/quorate.yaml' : name;
}

function adapted(text: string, judges: readonly JudgeChoice[]): string {
  return withJudges(text, judges)
    .replace('$schema=../../../schemas/', '$schema=schemas/')
    .replace('quorate@VERSION', `quorate@${version}`);
}

/** The job with its marker line replaced by the chosen judges. */
function withJudges(job: string, judges: readonly JudgeChoice[]): string {
  const entries = judges.map((judge) => `  - ${judgeSnippets[judge].join('\n    ')}\n`);
  return job.replace('  # judges\n', entries.join(''));
}
