import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from '../../domain/errors.ts';
import { writeText } from '../../files/write-lines.ts';
import { type ProjectChoices, projectFiles } from './project-files.ts';

/**
 * Writes a new project into a folder. An existing `.gitignore` gets the missing lines; nothing else is overwritten.
 * @returns the paths of the files, relative to the folder
 * @throws ConfigError naming the files in the way; nothing was written then
 */
export async function writeProject(folder: string, choices: ProjectChoices): Promise<string[]> {
  const files = await projectFiles(choices);
  const inTheWay = [...files.keys()].filter(
    (path) => path !== '.gitignore' && existsSync(join(folder, path)),
  );
  if (inTheWay.length > 0) {
    throw new ConfigError(`${folder} already contains ${inTheWay.join(', ')}; nothing was written`, [], {
      hint: 'name another folder: quorate init my-project',
    });
  }
  for (const [path, text] of files) {
    const file = join(folder, path);
    await writeText(file, [existsSync(file) ? withMissingLines(await readFile(file, 'utf8'), text) : text]);
  }
  return [...files.keys()];
}

function withMissingLines(existing: string, wanted: string): string {
  const lines = existing.split(/\r?\n/);
  const missing = wanted.split('\n').filter((line) => line !== '' && !lines.includes(line));
  const start = existing === '' || existing.endsWith('\n') ? existing : `${existing}\n`;
  return missing.length === 0 ? existing : `${start}${missing.join('\n')}\n`;
}
