import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { specOf } from '../../test/support/chat-model.ts';
import { ConfigError } from '../domain/errors.ts';
import { openModel, providerOf, providers, withProviders } from './index.ts';

const src = join(import.meta.dirname, '..');

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /(?<!\.test|\.test-support)\.ts$/.test(entry.name) ? [path] : [];
  });
}

test('no file outside a provider folder compares with the name of a provider', () => {
  const names = [...providers.keys()].join('|');
  const comparison = new RegExp(`[=!]== '(${names})'|'(${names})' [=!]==|case '(${names})':`);
  const inside = new RegExp(`/providers/(${names})/`);
  const offenders = sources(src).filter(
    (path) => !inside.test(path) && comparison.test(readFileSync(path, 'utf8')),
  );
  expect(offenders).toEqual([]);
});

test('a provider of the caller opens and is priced like a shipped one', async () => {
  const own = { ...providerOf('heuristic'), name: 'own', price: () => null };
  const known = withProviders([own]);
  expect([...known.keys()]).toEqual([...providers.keys(), 'own']);
  expect((await openModel(specOf('own', { model: 'features' }), {}, known)).model).toBe('features-1');
});

test('an unknown provider and a taken name are configuration errors', async () => {
  expect(() => providerOf('nowhere')).toThrow(ConfigError);
  await expect(openModel(specOf('nowhere'), {})).rejects.toThrow('there is no provider "nowhere"');
  expect(() => withProviders([providerOf('openai')])).toThrow('the provider name "openai" is taken');
});
