import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { StoreError } from '../../src/domain/errors.ts';
import type { RegistryChange } from '../../src/domain/model-version.ts';
import type { ModelRegistry } from '../../src/ports/model-registry.ts';
import { MemoryRegistry } from '../../src/store/memory/memory-registry.ts';
import { openSqliteRegistry } from '../../src/store/sqlite/sqlite-registry.ts';
import { tempFolder } from '../support/temp-folder.ts';

const sqliteFile = () => join(tempFolder(), 'deep', 'registry.db');

/** Each implementation as a way to open the same registry again and again. */
const registries: Record<string, () => () => ModelRegistry> = {
  memory() {
    const histories = new Map();
    return () => new MemoryRegistry(histories);
  },
  sqlite() {
    const file = sqliteFile();
    return () => openSqliteRegistry(file);
  },
};

const signature = { by: 'ada', at: '2026-01-01T00:00:00.000Z' };

function registered(version: string): RegistryChange {
  return {
    kind: 'registered',
    version,
    served_as: `bot:${version}`,
    artefact: '/models/ünï "quoted"',
    lineage: { dataset_hash: 'ab', training_config: { lr: 5e-7, inner: { deep: [1, 2] } } },
    metrics: { loss: 0.25 },
  };
}

describe.each(Object.entries(registries))('a model registry: %s', (_name, prepare) => {
  it('knows nothing at first', async () => {
    const registry = prepare()();
    expect(await registry.models()).toEqual([]);
    expect(await registry.history('bot')).toEqual([]);
    await registry.close();
  });

  it('gives back every change as it was written, numbered and signed, to later processes too', async () => {
    const open = prepare();
    const first = open();
    expect(await first.append('bot', 0, [registered('1'), registered('2')], signature)).toBe(true);
    await first.close();
    const later = open();
    expect(await later.append('bot', 2, [registered('3')], { ...signature, by: 'bo' })).toBe(true);
    expect(await later.history('bot')).toEqual([
      { ...registered('1'), ...signature, revision: 1 },
      { ...registered('2'), ...signature, revision: 2 },
      { ...registered('3'), ...signature, by: 'bo', revision: 3 },
    ]);
    await later.close();
  });

  it('writes nothing after a concurrent change', async () => {
    const open = prepare();
    const [one, other] = [open(), open()];
    expect(await one.append('bot', 0, [registered('1')], signature)).toBe(true);
    expect(await other.append('bot', 0, [registered('1'), registered('2')], signature)).toBe(false);
    expect(await other.append('bot', 5, [registered('2')], signature)).toBe(false);
    expect(await one.history('bot')).toHaveLength(1);
    await one.close();
    await other.close();
  });

  it('keeps models apart and names them in order', async () => {
    const registry = prepare()();
    await registry.append('b', 0, [registered('1')], signature);
    await registry.append('a', 0, [registered('1')], signature);
    expect(await registry.models()).toEqual(['a', 'b']);
    expect(await registry.history('a')).toHaveLength(1);
    await registry.close();
  });
});

describe('a registry in SQLite', () => {
  it('cannot be rewritten, even by other programs', async () => {
    const file = sqliteFile();
    const registry = openSqliteRegistry(file);
    await registry.append('bot', 0, [registered('1')], signature);
    const other = new Database(file);
    expect(() => other.exec("UPDATE entries SET by = 'eve'")).toThrow(/history only grows/);
    expect(() => other.exec('DELETE FROM entries')).toThrow(/history only grows/);
    other.close();
    await registry.close();
  });

  it('says what is missing where nothing was registered', () => {
    expect(() => openSqliteRegistry(join(tmpdir(), 'no-such-registry.db'), { mustExist: true })).toThrow(
      StoreError,
    );
  });
});
