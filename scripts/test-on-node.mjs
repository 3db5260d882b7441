// Runs the unit tests and the quickstart on further major versions of Node: `node scripts/test-on-node.mjs 22 24`.
// Node comes from npm. Sources are copied to a cache outside the repository; packages are links to the repository's,
// except better-sqlite3, which is compiled once for each version. A version that is not available is skipped, and the
// output says so.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = process.env.QUORATE_CACHE ?? join(homedir(), '.cache', 'quorate');
const native = 'better-sqlite3';

for (const major of process.argv.slice(2)) testOn(major);

function testOn(major) {
  const folder = join(cache, `node-${major}`);
  const node = installNode(major, folder);
  if (node === null) return;
  const version = execFileSync(node.program, ['--version'], { encoding: 'utf8' }).trim();
  const copy = copySources(folder);
  if (!linkPackages(copy, folder, node, version)) return;
  console.log(`\nNode ${version}: unit tests`);
  const env = { ...process.env, PATH: `${dirname(node.program)}:${process.env.PATH}` };
  const run = (...argv) => {
    const { status } = spawnSync(node.program, argv, { cwd: copy, env, stdio: 'inherit' });
    if (status === 0) return;
    console.error(`Node ${version}: ${argv.join(' ')} failed`);
    process.exitCode = 1;
  };
  run('node_modules/vitest/vitest.mjs', 'run', '--project', 'product', 'src/');
  console.log(`\nNode ${version}: quickstart`);
  run('scripts/build.mjs');
  run('scripts/quickstart.mjs');
}

/** @returns the program and the folder with its headers; null where npm does not deliver them */
function installNode(major, folder) {
  const name = `node-${process.platform}-${process.arch}`;
  const home = join(folder, 'node_modules', name);
  const program = join(home, 'bin', 'node');
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
    const flags = ['--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts'];
    spawnSync('npm', ['install', '--prefix', folder, ...flags, `${name}@${major}`], { stdio: 'inherit' });
  }
  if (existsSync(program)) return { program, home };
  console.error(`SKIPPED: Node ${major} (${name}@${major}) cannot be installed from npm here`);
  return null;
}

function copySources(folder) {
  const copy = join(folder, 'quorate');
  for (const name of existsSync(copy) ? readdirSync(copy) : [])
    if (name !== 'node_modules') rmSync(join(copy, name), { recursive: true, force: true });
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  for (const file of files.split('\0').filter((name) => name !== '' && name !== 'node_modules'))
    if (existsSync(join(root, file))) cpSync(join(root, file), join(copy, file), { recursive: true });
  return copy;
}

function linkPackages(copy, folder, node, version) {
  const from = join(root, 'node_modules');
  const into = join(copy, 'node_modules');
  rmSync(into, { recursive: true, force: true });
  mkdirSync(into, { recursive: true });
  for (const name of readdirSync(from))
    if (name !== native && !name.startsWith('.cache')) symlinkSync(join(from, name), join(into, name));
  const compiled = compileNative(join(from, native), folder, node, version);
  if (compiled !== null) cpSync(compiled, join(into, native), { recursive: true });
  return compiled !== null;
}

/** The package compiled for the version; kept in the cache. */
function compileNative(source, folder, node, version) {
  const { version: packageVersion } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  const compiled = join(folder, `${native}-${packageVersion}-${version}`);
  if (existsSync(compiled)) return compiled;
  console.log(`Node ${version}: compiling ${native}, which takes a minute or two`);
  const work = `${compiled}.part`;
  rmSync(work, { recursive: true, force: true });
  cpSync(source, work, { recursive: true, filter: (path) => path !== join(source, 'build') });
  const npm = execFileSync('npm', ['root', '--global'], { encoding: 'utf8' }).trim();
  const gyp = join(npm, 'npm', 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  const flags = ['rebuild', '--release', '--loglevel=error', '--directory', work, '--nodedir', node.home];
  const { status } = spawnSync(node.program, [gyp, ...flags], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) {
    console.error(`SKIPPED: Node ${version}: ${native} cannot be compiled here`);
    return null;
  }
  // objects of the compiler: a hundred times the module itself
  for (const part of ['obj', 'obj.target', '.deps'])
    rmSync(join(work, 'build', 'Release', part), { recursive: true, force: true });
  cpSync(work, compiled, { recursive: true });
  rmSync(work, { recursive: true, force: true });
  return compiled;
}
