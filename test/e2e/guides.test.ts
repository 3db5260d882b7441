import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../support/temp-folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('every guide', () => {
  const guides = readdirSync(`${root}docs/guide`).filter(
    (file) => file.endsWith('.md') && file !== 'index.md',
  );

  it.each(guides)(
    '%s runs as it is written, with the exit codes it states',
    { timeout: 120_000 },
    (guide) => {
      const folder = cloneWithExamples();
      const script = scriptOf(readFileSync(`${root}docs/guide/${guide}`, 'utf8'));
      const { status, stdout, stderr } = spawnSync('bash', ['-c', script], {
        cwd: folder,
        encoding: 'utf8',
        env: { PATH: `${folder}/bin:${process.env.PATH}`, HOME: folder },
      });
      expect(status, `${stdout.slice(-2000)}\n${stderr.slice(-2000)}`).toBe(0);
    },
  );
});

describe('the README', () => {
  it('shows a program that prints what its last comment states', () => {
    const program = /^```js\n([\s\S]*?)^```$/m.exec(readFileSync(`${root}README.md`, 'utf8'))?.[1] ?? '';
    const stated = /\/\/ (.*)\n$/.exec(program)?.[1];
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      cwd: root,
      encoding: 'utf8',
      env: { PATH: process.env.PATH },
    });
    expect(stdout.trim(), stderr).toBe(stated);
  });
});

/** The blocks marked `sh`; a command that ends in `# exit code N` must end with that code, all others with 0. */
function scriptOf(page: string): string {
  const blocks = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '');
  const commands = blocks
    .join('\n')
    .replaceAll('\\\n', ' ')
    .replaceAll(
      /^(.*) # exit code (\d+)$/gm,
      (_all, command, code) => `code=0; ${command} || code=$?; test $code = ${code}`,
    );
  return `set -e\n${commands}`;
}

/** A folder with the examples and `quorate` on its path, as in a clone. */
function cloneWithExamples(): string {
  const folder = tempFolder();
  const isSource = (path: string) => !/\/(out|\.quorate)$/.test(path);
  cpSync(`${root}examples`, `${folder}/examples`, { recursive: true, filter: isSource });
  mkdirSync(`${folder}/bin`);
  writeFileSync(
    `${folder}/bin/quorate`,
    `#!/bin/sh\nexec "${process.execPath}" "${root}bin/quorate.js" "$@"\n`,
  );
  chmodSync(`${folder}/bin/quorate`, 0o755);
  return folder;
}
