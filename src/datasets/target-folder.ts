import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { QuorateError } from '../domain/errors.ts';

/** Which content of a folder may be replaced: none, that of an earlier export, or any. */
export type Replaceable = 'nothing' | 'exports' | 'anything';

/** A folder that is written atomically. */
export interface TargetFolder {
  /** Where to write until `commit`. */
  readonly path: string;
  commit(): Promise<void>;
  discard(): Promise<void>;
}

/** @returns the entries of the folder. @throws QuorateError `target_not_empty` if they may not be replaced */
export async function checkTarget(target: string, replaceable: Replaceable): Promise<readonly string[]> {
  const present = await contentOf(target);
  if (present.length === 0 || replaceable === 'anything') return present;
  if (replaceable === 'nothing') {
    throw new QuorateError('target_not_empty', `${target} is not empty (it has ${present[0]})`, {
      hint: 'name another folder, or add --overwrite to replace it',
    });
  }
  if (present.includes('manifest.json')) return present;
  const found = `${target} has content that no export wrote (${present[0]})`;
  throw new QuorateError('target_not_empty', found, {
    hint: 'name another folder: every run writes it anew, and what else is in it is gone',
  });
}

/** Prepares a folder beside the target, which `commit` renames. @throws QuorateError like `checkTarget` */
export async function openTargetFolder(target: string, replaceable: Replaceable): Promise<TargetFolder> {
  const present = await checkTarget(target, replaceable);
  const beside = (suffix: string) => join(dirname(target), `.${basename(target)}.${process.pid}.${suffix}`);
  const path = beside('tmp');
  const old = beside('old');
  await rm(path, { recursive: true, force: true });
  await mkdir(path, { recursive: true });
  return {
    path,
    async commit() {
      if (present.length > 0) await rename(target, old);
      else await rm(target, { recursive: true, force: true });
      await rename(path, target);
      await rm(old, { recursive: true, force: true });
    },
    discard: () => rm(path, { recursive: true, force: true }),
  };
}

async function contentOf(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return [];
    if (code === 'ENOTDIR') {
      throw new QuorateError('target_not_a_folder', `${folder} is a file, not a folder`, {
        hint: 'name a folder',
      });
    }
    throw error;
  }
}
