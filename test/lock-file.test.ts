import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface LockedPackage {
  readonly integrity?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const root = new URL('..', import.meta.url);
const lock = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8'));
const packages = lock.packages as Readonly<Record<string, LockedPackage>>;

// npm leaves out builds for other machines where it finds them installed or unreachable; `npm ci` then refuses the file
test('the lock file knows the builds for every machine, so that `npm ci` takes it', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isLocked(path, name)),
  );
  expect(missing).toEqual([]);
});

// without its hash a package could be another one on the next machine
test('the lock file has the SHA-512 of every package', () => {
  const bare = Object.entries(packages).filter(
    ([path, { integrity = '' }]) => path !== '' && !integrity.startsWith('sha512-'),
  );
  expect(bare.map(([path]) => path)).toEqual([]);
});

/** As Node resolves: in the package's own node_modules, or in one of a folder above. */
function isLocked(path: string, name: string): boolean {
  if (`${path}/node_modules/${name}` in packages || `node_modules/${name}` in packages) return true;
  const above = path.lastIndexOf('/node_modules/');
  return above > 0 && isLocked(path.slice(0, above), name);
}
