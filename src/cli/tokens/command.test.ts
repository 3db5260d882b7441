import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Workspace } from '../../../test/support/workspace.ts';

describe('quorate tokens', () => {
  let workspace: Workspace;
  beforeEach(() => {
    workspace = new Workspace();
  });
  afterEach(() => workspace.remove());

  it('shows a token once, lists it without its secret, and revokes it', async () => {
    const flags = [
      '--scope',
      'ingest',
      '--origin',
      'https://app.example/',
      '--rate',
      '5/s',
      '--name',
      'widget',
    ];
    const made = await workspace.quorate(['tokens', 'create', ...flags]);
    expect(made.out).toMatch(/^qrt_[0-9a-f]{8}_[\w-]{43}\n$/);
    expect(made.err).toContain('not shown again');
    const listed = await workspace.quorate(['tokens', 'list', '--json']);
    expect(listed.out).not.toContain(made.out.trim().slice(13));
    expect(JSON.parse(listed.out)).toMatchObject([
      { name: 'widget', scopes: ['ingest'], origins: ['https://app.example'], events_per_minute: 300 },
    ]);
    expect((await workspace.quorate(['tokens', 'revoke', made.out.trim()])).code).toBe(0);
    expect((await workspace.quorate(['tokens', 'list'])).out).toMatch(/300\/min .* revoked 20/);
    expect(await workspace.quorate(['tokens', 'revoke', 'qrt'])).toMatchObject({ code: 2 });
  });

  it('makes a signing key for signed authors, which needs the key of author pseudonyms', async () => {
    const flags = ['tokens', 'create', '--scope', 'ingest', '--signed-authors'];
    expect(await workspace.quorate(flags)).toMatchObject({ code: 2, out: '' });
    const env = { QUORATE_AUTHOR_KEY: 'a key for tests, long enough to be one' };
    const made = JSON.parse((await workspace.quorate([...flags, '--json'], { env })).out);
    expect(made).toMatchObject({
      signed_authors: true,
      signing_key: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it.each([
    [['--scope', 'all'], /there is no scope "all"[\s\S]*ingest, annotate, read, admin/],
    [['--scope', 'ingest', '--origin', 'app.example'], /not a web origin/],
    [['--scope', 'ingest', '--origin', 'https://app.example/page'], /not a web origin/],
    [['--scope', 'ingest', '--origin', '*'], /never matches/],
    [['--scope', 'ingest', '--origin', 'https://*.app.example'], /never matches/],
    [['--scope', 'ingest', 'read', '--origin', 'https://app.example'], /cannot have the scope read/],
    [['--scope', 'admin', '--origin', 'https://app.example'], /cannot have the scope admin/],
    [['--scope', 'ingest', '--rate', '0/min'], /not a rate[\s\S]*60\/min/],
    [['--scope', 'ingest', '--rate', '5/fortnight'], /not a rate/],
    [[], /required option '--scope/],
  ])('refuses %j', async (flags, words) => {
    const ran = await workspace.quorate(['tokens', 'create', ...flags]);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toMatch(words);
  });
});
