import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pagesOf } from './check-commands.mjs';

const path = /`((?:src|test|scripts|bench|examples|web|docs|rubrics|constitutions|schemas)\/[\w./*-]*)`/g;

/** Files and folders that the documentation names in code marks and that the repository does not have. */
export function findUnknownPaths(root) {
  return pagesOf(root).flatMap((page) =>
    readFileSync(`${root}${page}`, 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        [...line.matchAll(path)]
          .map(([, named]) => named)
          .filter((named) => !existsSync(`${root}${named.includes('*') ? folderOf(named) : named}`))
          .filter((named) => !/[A-Z]{4}|\/(out|\.quorate|api)\b/.test(named))
          .map((named) => `${page}:${index + 1}: there is no ${named}`),
      ),
  );
}

/** The folder that a pattern starts from. */
function folderOf(pattern) {
  return dirname(`${pattern.slice(0, pattern.indexOf('*'))}x`);
}
