// Installs what the next command needs, when it is not there yet: npm packages, and with --test or --peers the
// outside programs that tests drive. Run before `npm run quickstart` and the tests; uses Node's own modules only.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const installed = `${root}node_modules/.package-lock.json`;
const wanted = `${root}package-lock.json`;

if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(wanted).mtimeMs) {
  console.error('Installing packages (better-sqlite3 is compiled, which takes a minute or two)…');
  run('npm', ['ci', '--no-audit', '--no-fund']);
}
if (process.argv.includes('--test')) run('bash', ['scripts/install-test-extras.sh']);
if (process.argv.includes('--peers')) run('bash', ['scripts/install-test-extras.sh', 'peers']);

function run(command, args) {
  const result = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (result.status !== 0) {
    console.error(
      `\`${command} ${args.join(' ')}\` failed${result.error ? `: ${result.error.message}` : ''}`,
    );
    process.exit(result.status ?? 1);
  }
}
