import { join } from 'node:path';
import { expect } from 'vitest';
import { loadJob } from '../../src/config/job/load-job.ts';
import { ConfigError } from '../../src/domain/errors.ts';
import { tempFolder } from './temp-folder.ts';

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
  const folder = tempFolder({ 'job.yaml': job, 'items.jsonl': item, 'r.yaml': smallRubric, ...files });
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
