// Builds the package beside dist, then swaps it in: a program that runs from dist is not disturbed.
// With --clean nothing of an earlier build stays, as a package to publish needs it.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { swapBuild } from './swap-build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const next = join(root, '.cache', 'build', `next-${process.pid}`);
const history = join(root, '.cache', 'build', 'history.json');

const { status, error } = spawnSync(process.execPath, [join(root, 'node_modules/tsdown/dist/run.mjs')], {
  cwd: root,
  env: { ...process.env, QUORATE_BUILD_FOLDER: next },
  stdio: 'inherit',
});
if (error !== undefined || status !== 0) {
  rmSync(next, { recursive: true, force: true });
  if (error !== undefined) console.error(`the build did not start: ${error.message}`);
  process.exit(status ?? 1);
}
if (process.argv.includes('--clean')) {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  rmSync(history, { force: true });
}
swapBuild(next, join(root, 'dist'), history);
