import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { tempFolder } from './support/temp-folder.ts';

const script = fileURLToPath(new URL('../scripts/swap-build.mjs', import.meta.url));
const folder = tempFolder();
const dist = join(folder, 'dist');
const day = 86_400_000;

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A program that says when it runs, and loads a chunk once it is asked to. */
function build(version: string, nowMs = 0): void {
  const next = join(folder, 'next');
  mkdirSync(join(next, 'cli'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(
    join(next, 'cli', 'main.js'),
    `process.stdout.write('running');
process.stdin.once('data', async () => {
  process.stdin.destroy();
  process.stdout.write(' ' + (await import('../chunk-${version}.js')).version);
});
`,
  );
  writeFileSync(join(next, `chunk-${version}.js`), `export const version = '${version}';\n`);
  execFileSync(process.execPath, [script, next, dist, join(folder, 'history.json'), String(nowMs)]);
}

async function start() {
  const child = spawn(process.execPath, [join(dist, 'cli', 'main.js')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  await once(child.stdout, 'data');
  return async (): Promise<string> => {
    child.stdin.end('go');
    await once(child, 'close');
    return out;
  };
}

test('a program that runs while a build takes its place loads the chunks of its own build', async () => {
  build('version1');
  const finishOld = await start();
  build('version2');
  const finishNew = await start();
  expect(await finishOld()).toBe('running version1');
  expect(await finishNew()).toBe('running version2');
});

test('chunks of a build stay for a day and go with a later build', () => {
  build('version1', 0);
  build('version2', 1000);
  build('version3', 2000);
  expect(existsSync(join(dist, 'chunk-version1.js'))).toBe(true);
  build('version4', 1000 + day);
  expect(existsSync(join(dist, 'chunk-version1.js'))).toBe(false);
  expect(existsSync(join(dist, 'chunk-version2.js'))).toBe(true);
  build('version5', 9 * day);
  expect(existsSync(join(dist, 'chunk-version3.js'))).toBe(false);
  expect(existsSync(join(dist, 'chunk-version4.js'))).toBe(true);
});

test('the same build once more changes no history', () => {
  build('version1', 0);
  build('version2', 1000);
  const before = readFileSync(join(folder, 'history.json'), 'utf8');
  build('version2', 2000);
  expect(readFileSync(join(folder, 'history.json'), 'utf8')).toBe(before);
  expect(existsSync(join(dist, 'chunk-version1.js'))).toBe(true);
});
