import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from '../../domain/errors.ts';
import { writeText } from '../../files/write-lines.ts';

/**
 * Writes a project. A `.gitignore` that is there already gets the missing lines; any other file that is there is left
 * alone and nothing is written. @throws ConfigError naming the files in the way.
 */
export async function writeProject(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  const inTheWay = [...files.keys()].filter(
    (path) => path !== '.gitignore' && existsSync(join(folder, path)),
  );
  if (inTheWay.length > 0) {
    throw new ConfigError(`${folder} has already: ${inTheWay.join(', ')}; nothing was written`, [], {
      hint: 'name another folder: quorate init my-project',
    });
  }
  for (const [path, text] of files) {
    const file = join(folder, path);
    await writeText(file, [existsSync(file) ? withMissingLines(await readFile(file, 'utf8'), text) : text]);
  }
}

function withMissingLines(there: string, wanted: string): string {
  const lines = there.split(/\r?\n/);
  const missing = wanted.split('\n').filter((line) => line !== '' && !lines.includes(line));
  const start = there === '' || there.endsWith('\n') ? there : `${there}\n`;
  return missing.length === 0 ? there : `${start}${missing.join('\n')}\n`;
}
