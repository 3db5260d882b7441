import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { QuorateError } from '../domain/errors.ts';

/** A folder that appears whole or not at all. */
export interface TargetFolder {
  /** Where to write until `commit`. */
  readonly path: string;
  commit(): Promise<void>;
  discard(): Promise<void>;
}

/**
 * Prepares a folder beside the target, to be renamed into its place.
 * @throws QuorateError `target_not_empty` where the target has content and may not be replaced.
 */
export async function openTargetFolder(target: string, overwrite: boolean): Promise<TargetFolder> {
  const present = await contentOf(target);
  if (present.length > 0 && !overwrite) {
    throw new QuorateError('target_not_empty', `${target} is not empty (it has ${present[0]})`, {
      hint: 'name another folder, or add --overwrite to replace it',
    });
  }
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
