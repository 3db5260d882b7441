import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { AccessToken } from '../../src/domain/intake.ts';
import type { TokenStore } from '../../src/ports/token-store.ts';
import { findToken, mintToken } from '../../src/server/mint-token.ts';
import { MemoryTokenStore } from '../../src/store/memory/memory-token-store.ts';
import { openSqliteTokenStore } from '../../src/store/sqlite/sqlite-token-store.ts';
import { tempFolder } from '../support/temp-folder.ts';

const newFile = () => join(tempFolder(), 'deep', 'tokens.db');

const stores: Record<string, () => TokenStore> = {
  memory: () => new MemoryTokenStore(),
  sqlite: () => openSqliteTokenStore(newFile()),
};

const grant: Omit<AccessToken, 'id'> = {
  name: 'widget',
  scopes: ['ingest', 'read'],
  origins: ['https://app.example'],
  eventsPerMinute: 60,
  signedAuthors: true,
  createdAt: '2026-01-01T00:00:00.000Z',
};

describe.each(Object.entries(stores))('a token store: %s', (_name, open) => {
  it('finds what was minted, and nothing else', async () => {
    const store = open();
    const { secret, token } = await mintToken(store, grant);
    expect(secret).toMatch(/^qrt_[0-9a-f]{8}_[\w-]{43}$/);
    expect(await findToken(store, secret)).toEqual({ ...grant, id: token.id });
    const other = await mintToken(store, { ...grant, eventsPerMinute: null });
    const swapped = secret.replace(token.id, other.token.id);
    for (const wrong of [
      '',
      'qrt_',
      `${secret}x`,
      secret.slice(0, -1),
      swapped,
      `qrt_00000000_${'a'.repeat(43)}`,
    ])
      expect(await findToken(store, wrong)).toBeUndefined();
    expect((await store.list()).map(({ id }) => id)).toEqual([token.id, other.token.id]);
    await store.close();
  });

  it('revokes once and for good', async () => {
    const store = open();
    const { secret, token } = await mintToken(store, grant);
    const at = '2026-01-02T00:00:00.000Z';
    expect(await store.revoke(token.id, at)).toBe(true);
    expect(await store.revoke(token.id, at)).toBe(false);
    expect(await store.revoke('missing', at)).toBe(false);
    expect(await findToken(store, secret)).toBeUndefined();
    expect((await store.list())[0]).toMatchObject({ id: token.id, revokedAt: at });
    await store.close();
  });
});

describe('the file of tokens', () => {
  it('holds no secret, is for its owner only, and is seen by other processes at once', async () => {
    const file = newFile();
    const store = openSqliteTokenStore(file);
    const { secret } = await mintToken(store, grant);
    const other = openSqliteTokenStore(file);
    expect(await findToken(other, secret)).toBeDefined();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const rows = JSON.stringify(new Database(file).prepare('SELECT * FROM tokens').all());
    expect(rows).not.toContain(secret.slice(13));
    await other.close();
    await store.close();
  });

  it('is never made of a database of some other program', async () => {
    const file = newFile();
    await openSqliteTokenStore(file).close();
    const foreign = file.replace('tokens.db', 'foreign.db');
    new Database(foreign).exec('CREATE TABLE notes (text)').close();
    expect(() => openSqliteTokenStore(foreign)).toThrow(/some other program/);
  });
});
