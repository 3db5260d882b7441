import { existsSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { AddressKind } from './address-kind.ts';

/** One thing that the files of a project make the program do to the world around it. */
export interface Access {
  /**
   * `key`: the value of a variable is sent as a key; `variable`: it is part of a request; `host`: items and responses
   * are sent there; `command`: a program runs; `write`, `read`: a path outside the project.
   */
  readonly kind: 'key' | 'variable' | 'host' | 'command' | 'write' | 'read';
  /** Name of the variable, host, command line or absolute path. */
  readonly what: string;
  /** The host that receives a key or a variable. */
  readonly to?: string;
  readonly address?: AddressKind;
  /** The part of the project that asks for it, for example `judge gpt`. */
  readonly by: string;
  /** It happens only after the user's consent. */
  readonly needsTrust: boolean;
}

/** What a project asks for, and the files that decide it. */
export interface ProjectAccess {
  /** The job, gate, loop or feedback file. */
  readonly file: string;
  /** That file and what it references: rubrics, constitutions, scripts of commands. Absolute paths. */
  readonly files: readonly string[];
  readonly access: readonly Access[];
}

/**
 * The folder that a project may write in: the repository of its file, or else the file's own folder. A repository in
 * the home folder itself does not count, it would hold everything.
 */
export function projectRoot(file: string): string {
  const folder = realPath(dirname(file));
  const home = realPath(homedir());
  for (let here = folder; ; here = dirname(here)) {
    if (here === home || here === dirname(here)) return folder;
    if (existsSync(join(here, '.git'))) return here;
  }
}

/** Reads or writes of paths outside the project. Symbolic links are followed; repeated paths are listed once. */
export function outside(
  root: string,
  kind: 'read' | 'write',
  paths: readonly { readonly path: string; readonly by: string }[],
): Access[] {
  const seen = new Set<string>();
  return paths.flatMap(({ path, by }) => {
    const what = realPath(path);
    if (isInside(root, what) || seen.has(what)) return [];
    seen.add(what);
    return [{ kind, what, by, needsTrust: kind === 'write' }];
  });
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && resolve(root, way) === path);
}

/** The path with the symbolic links of its existing part followed. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPath(parent), basename(path));
  }
}

/** The program of a command, and the existing files among its words: they decide what it does. */
export function scriptsOf(words: readonly string[], folder: string): string[] {
  return words
    .flatMap((word) => word.split(/[\s'"=;|&<>()]+/))
    .filter((word) => word !== '' && (word.includes('/') || word.includes('.')))
    .map((word) => resolve(folder, word))
    .filter((path) => existsSync(path));
}
