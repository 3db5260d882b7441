import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A new temporary folder with these files in it. @returns its path. */
export async function folderWith(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'quorate-config-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

export const smallRubric = `
id: small
criteria:
  - id: good
    description: Is it good?
`;

export const smallConstitution = `
principles:
  - id: kind
    critique: Say where the response is unkind.
    revision: Rewrite it kindly.
    preference: Which response is kinder?
`;
