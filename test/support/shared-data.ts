import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const present = existsSync(folder);

/**
 * Recorded judge votes lie beside the repository, not in it (their licences differ). True where they are there.
 * Tests that need them use `describe.skipIf(!sharedDataPresent())`; CI must have them when it has `shared` at all.
 */
export function sharedDataPresent(): boolean {
  if (present) return true;
  if (process.env.CI === 'true' && existsSync(fileURLToPath(new URL('../../../shared/', import.meta.url)))) {
    throw new Error(`CI has a shared folder without data: ${folder} is missing`);
  }
  return false;
}

/** The path of a shared data file, for example `votes/llmbar.votes.jsonl.gz`. */
export function sharedData(name: string): string {
  return `${folder}${name}`;
}

export function readSharedJson(name: string): unknown {
  return JSON.parse(readFileSync(sharedData(name), 'utf8'));
}
