import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('..', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, root), 'utf8');
const { dependencies, devDependencies } = JSON.parse(read('package.json'));
const installed = Object.keys({ ...dependencies, ...devDependencies }).sort();
const explained = read('docs/dependencies.md')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .flatMap((line) => [...line.split('|')[1]!.matchAll(/`([^`]+)`/g)].map((match) => match[1]!))
  .sort();

test('every package has a line of reason in docs/dependencies.md, and every line a package', () => {
  expect(explained).toEqual(installed);
});
