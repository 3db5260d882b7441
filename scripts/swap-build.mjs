// Puts a finished build in the place of an older one while programs of the older one may be running.
// A running program still loads chunks by their hashed names, so these stay for a day, and at least until the build
// after the next. New chunks come first, and entry files replace the old ones by rename: no moment without a program.
//   node scripts/swap-build.mjs FROM INTO HISTORY.json [NOW in ms]
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

const keptMs = 86_400_000;

/**
 * @param from folder of the finished build; it is gone afterwards
 * @param into folder that programs run from, on the same file system
 * @param history JSON file with the file names of the builds before
 * @param nowMs milliseconds since the epoch
 */
export function swapBuild(from, into, history, nowMs = Date.now()) {
  const files = filesIn(from);
  const present = existsSync(into) ? filesIn(into) : [];
  const [last, ...earlier] = readHistory(history, present);
  const kept = [last, ...earlier.filter(({ replacedAtMs }) => nowMs - replacedAtMs < keptMs)];

  for (const file of [...files].sort((a, b) => Number(isHashed(b)) - Number(isHashed(a)))) {
    mkdirSync(dirname(join(into, file)), { recursive: true });
    renameSync(join(from, file), join(into, file));
  }
  rmSync(from, { recursive: true, force: true });

  const wanted = new Set([...files, ...kept.flatMap((build) => build.files)]);
  for (const file of present) if (!wanted.has(file)) rmSync(join(into, file), { force: true });
  if (files.join() === last.files.join()) return;
  mkdirSync(dirname(history), { recursive: true });
  const builds = [{ files, replacedAtMs: null }, { ...last, replacedAtMs: nowMs }, ...kept.slice(1)];
  writeFileSync(history, `${JSON.stringify(builds)}\n`);
}

function readHistory(history, present) {
  try {
    return JSON.parse(readFileSync(history, 'utf8'));
  } catch {
    return [{ files: present, replacedAtMs: null }];
  }
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** `run-Bx3_k9aQ.js`: the name says the content. */
function isHashed(file) {
  return /-[\w-]{8}(\.d)?\.[a-z]+$/.test(file);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [from, into, history, nowMs] = process.argv.slice(2);
  swapBuild(from, into, history, nowMs === undefined ? undefined : Number(nowMs));
}
