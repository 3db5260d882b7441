import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { loadJob } from '../../src/config/job/load-job.ts';
import { ConfigError } from '../../src/domain/errors.ts';

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

const item = '{"id":"1","prompt":"p","candidates":[{"id":"a","text":"x"},{"id":"b","text":"y"}]}\n';

/** Loads a job beside items.jsonl, r.yaml and these files. */
export async function load(job: string | Uint8Array, files: Record<string, string> = {}, env = {}) {
  const folder = await folderWith({ 'job.yaml': job, 'items.jsonl': item, 'r.yaml': smallRubric, ...files });
  return { folder, job: await loadJob(join(folder, 'job.yaml'), env) };
}

/** Every mistake as `file:line:column path`, with message and hint. */
export async function mistakesOf(job: string | Uint8Array, files: Record<string, string> = {}, env = {}) {
  const error = await load(job, files, env).then(
    () => expect.unreachable('the job was accepted'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ConfigError);
  return (error as ConfigError).mistakes.map((mistake) => ({
    at: `${mistake.file.split('/').at(-1)}:${mistake.line}:${mistake.column}`,
    path: mistake.path,
    text: `${mistake.message}${mistake.hint === undefined ? '' : ` | ${mistake.hint}`}`,
  }));
}
