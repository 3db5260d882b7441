// Checks the licence of every package in package-lock.json against the list below.
//   node scripts/check-licences.mjs          fails with the packages whose licence is not on it
//   node scripts/check-licences.mjs --list   counts by licence
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What a user of the package installs: permissive licences only. */
const shipped = [
  'MIT',
  'MIT-0',
  'Apache-2.0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
];
/** Also what only builds and tests use: nothing of it is in the package. */
const development = [...shipped, 'CC0-1.0', 'CC-BY-4.0', 'Python-2.0', 'MPL-2.0'];

const root = fileURLToPath(new URL('..', import.meta.url));
const { packages } = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8'));
const found = Object.entries(packages)
  .filter(([path]) => path !== '')
  .map(([path, entry]) => ({ path, dev: entry.dev === true, licence: licenceOf(path, entry) }));

if (process.argv.includes('--list')) {
  const counts = Map.groupBy?.(found, ({ licence }) => licence) ?? grouped(found);
  for (const [licence, entries] of [...counts].sort((a, b) => b[1].length - a[1].length))
    console.log(`${String(entries.length).padStart(4)}  ${licence}`);
}
const wrong = found.filter(({ licence, dev }) => !isAllowed(licence, dev ? development : shipped));
for (const { path, licence, dev } of wrong)
  console.error(`${path}: ${licence} is not allowed for ${dev ? 'development' : 'the package'}`);
console.log(`licences: ${found.length} packages, ${wrong.length} not allowed`);
process.exitCode = wrong.length > 0 ? 1 : 0;

function licenceOf(path, entry) {
  if (typeof entry.license === 'string') return entry.license;
  const file = `${root}${path}/package.json`;
  if (!existsSync(file)) return 'not stated';
  const { license, licenses } = JSON.parse(readFileSync(file, 'utf8'));
  return (typeof license === 'string' ? license : (license?.type ?? licenses?.[0]?.type)) ?? 'not stated';
}

/** An SPDX expression of names, OR, AND and brackets. */
function isAllowed(expression, names) {
  const tokens = expression.match(/\(|\)|[^\s()]+/g) ?? [];
  let at = 0;
  const either = () => {
    let allowed = both();
    while (tokens[at] === 'OR') {
      at += 1;
      const other = both();
      allowed = allowed || other;
    }
    return allowed;
  };
  const both = () => {
    let allowed = one();
    while (tokens[at] === 'AND') {
      at += 1;
      const other = one();
      allowed = allowed && other;
    }
    return allowed;
  };
  const one = () => {
    const token = tokens[at++];
    if (token !== '(') return names.includes(token);
    const allowed = either();
    at += 1;
    return allowed;
  };
  return either() && at === tokens.length;
}

function grouped(entries) {
  const groups = new Map();
  for (const entry of entries) groups.set(entry.licence, [...(groups.get(entry.licence) ?? []), entry]);
  return groups;
}
