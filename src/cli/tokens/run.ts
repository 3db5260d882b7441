import { openTokens } from '../../app/open-tokens.ts';
import { systemClock } from '../../app/system-clock.ts';
import { type AccessToken, type Scope, scopes } from '../../domain/access-token.ts';
import { ConfigError } from '../../domain/errors.ts';
import { readAuthorKeys } from '../../feedback/intake/author-keys.ts';
import { type Column, textTable } from '../../reports/text/text-table.ts';
import { mintToken } from '../../server/mint-token.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line, note } from '../io.ts';
import { readRate } from './read-rate.ts';

export interface StoreFlags {
  readonly store: string;
  readonly json?: boolean;
}

export interface CreateFlags extends StoreFlags {
  readonly scope: readonly string[];
  readonly origin?: readonly string[];
  readonly rate?: string;
  readonly signedAuthors?: boolean;
  readonly name?: string;
}

export async function createToken(io: CommandIo, flags: CreateFlags): Promise<ExitCode> {
  // derived from the key of author pseudonyms, so that nothing secret is kept
  const keys = flags.signedAuthors === true ? readAuthorKeys(io.env) : null;
  const grant = {
    scopes: flags.scope.map(scopeOf),
    origins: (flags.origin ?? []).map(originOf),
    eventsPerMinute: readRate(flags.rate ?? (flags.origin === undefined ? 'none' : '600/min')),
    signedAuthors: keys !== null,
    createdAt: now(),
    ...(flags.name === undefined ? {} : { name: flags.name }),
  };
  const store = await openTokens(io.cwd, flags.store);
  try {
    const { secret, token } = await mintToken(store, grant);
    const signingKey = keys?.signingKey(token.id);
    if (flags.json === true) {
      line(io, JSON.stringify({ ...record(token), token: secret, signing_key: signingKey }));
    } else {
      line(io, secret);
      note(io, `Token ${token.id} (${token.scopes.join(', ')}). Keep it now: it is not shown again.`);
      if (signingKey !== undefined) note(io, `Your server signs authors with ${signingKey}`);
    }
    return exitCodes.ok;
  } finally {
    await store.close();
  }
}

export async function listTokens(io: CommandIo, flags: StoreFlags): Promise<ExitCode> {
  const store = await openTokens(io.cwd, flags.store);
  try {
    const tokens = await store.list();
    if (flags.json === true) line(io, JSON.stringify(tokens.map(record)));
    else if (tokens.length === 0) note(io, 'There is no token yet: quorate tokens create --scope ingest');
    else line(io, textTable(tokens, columns));
    return exitCodes.ok;
  } finally {
    await store.close();
  }
}

export async function revokeToken(io: CommandIo, id: string, flags: StoreFlags): Promise<ExitCode> {
  const store = await openTokens(io.cwd, flags.store);
  try {
    const short = /^qrt_([0-9a-f]{8})_/.exec(id)?.[1] ?? id;
    if (!(await store.revoke(short, now()))) {
      throw new ConfigError(`no token ${short} is in force`, [], {
        hint: 'quorate tokens list shows them',
      });
    }
    note(io, `Token ${short} is revoked.`);
    return exitCodes.ok;
  } finally {
    await store.close();
  }
}

const columns: readonly Column<AccessToken>[] = [
  { title: 'id', text: ({ id }) => id },
  { title: 'name', text: ({ name = '' }) => name },
  { title: 'scopes', text: (token) => token.scopes.join(' ') },
  { title: 'origins', text: (token) => token.origins.join(' ') },
  { title: 'rate', text: ({ eventsPerMinute: rate }) => (rate === null ? 'none' : `${rate}/min`) },
  { title: 'authors', text: ({ signedAuthors }) => (signedAuthors ? 'signed' : '') },
  { title: 'made', text: ({ createdAt }) => createdAt.slice(0, 10) },
  {
    title: 'state',
    text: ({ revokedAt }) => (revokedAt === undefined ? 'in force' : `revoked ${revokedAt}`),
  },
];

function record(token: AccessToken): Readonly<Record<string, unknown>> {
  return {
    id: token.id,
    name: token.name ?? null,
    scopes: token.scopes,
    origins: token.origins,
    events_per_minute: token.eventsPerMinute,
    signed_authors: token.signedAuthors,
    created_at: token.createdAt,
    revoked_at: token.revokedAt ?? null,
  };
}

function scopeOf(text: string): Scope {
  const scope = scopes.find((known) => known === text);
  if (scope !== undefined) return scope;
  throw new ConfigError(`there is no scope "${text}"`, [], { hint: `scopes: ${scopes.join(', ')}` });
}

function originOf(text: string): string {
  if (URL.canParse(text)) {
    const { origin } = new URL(text);
    if (origin !== 'null' && origin === text.replace(/\/$/, '')) return origin;
  }
  throw new ConfigError(`"${text}" is not a web origin`, [], {
    hint: 'scheme, host and port and nothing more, for example https://app.example',
  });
}

function now(): string {
  return new Date(systemClock.now()).toISOString();
}
