import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Environment } from '../context.ts';
import type { Access, ProjectAccess } from './access.ts';

/** What the user agreed to. */
export interface TrustRecord {
  readonly file: string;
  /** RFC 3339 time. */
  readonly at: string;
  readonly access: readonly Access[];
}

/** The folder of records: in the user's state folder, never in a project. */
export function trustFolder(env: Environment): string {
  const { XDG_STATE_HOME: state = '', HOME: home = '' } = env;
  const base = isAbsolute(state) ? state : join(isAbsolute(home) ? home : homedir(), '.local', 'state');
  return join(base, 'quorate', 'trust');
}

/** SHA-256 over the places and contents of all files that decide what a project does. */
export async function projectHash({ files }: Pick<ProjectAccess, 'files'>): Promise<string> {
  const hash = createHash('sha256');
  for (const file of [...new Set(files)].sort()) {
    const content = createHash('sha256');
    if (statSync(file).isFile()) await pipeline(createReadStream(file), content);
    else content.end();
    hash.update(JSON.stringify([file, content.digest('hex')]));
  }
  return hash.digest('hex');
}

export async function isTrusted(project: ProjectAccess, env: Environment): Promise<boolean> {
  return (await recordOf(project, env)) !== null;
}

async function recordOf(project: ProjectAccess, env: Environment): Promise<TrustRecord | null> {
  try {
    return JSON.parse(await readFile(await recordFile(project, env), 'utf8')) as TrustRecord;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Records consent to a project as its files are now. @param at in milliseconds since the epoch */
export async function trustProject(project: ProjectAccess, env: Environment, at: number): Promise<void> {
  const folder = trustFolder(env);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const file = await recordFile(project, env);
  const { access } = project;
  const record: TrustRecord = { file: project.file, at: new Date(at).toISOString(), access };
  await writeFile(`${file}.tmp`, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.tmp`, file);
}

/** @returns whether there was consent to withdraw. */
export async function revokeTrust(project: ProjectAccess, env: Environment): Promise<boolean> {
  const had = await isTrusted(project, env);
  await rm(await recordFile(project, env), { force: true });
  return had;
}

async function recordFile(project: ProjectAccess, env: Environment): Promise<string> {
  return join(trustFolder(env), `${await projectHash(project)}.json`);
}
