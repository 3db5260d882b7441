import { resolve } from 'node:path';
import { createToken, listTokens, revokeToken } from '../../app/server/access-tokens.ts';
import { ConfigError } from '../../domain/errors.ts';
import { type AccessToken, type Scope, scopes } from '../../domain/intake.ts';
import { type Column, textTable } from '../../reports/text/text-table.ts';
import { contextOf } from '../app-context.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line, note } from '../io.ts';
import { readRate } from '../number-option.ts';

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

export async function runCreate(io: CommandIo, flags: CreateFlags): Promise<ExitCode> {
  const request = {
    scopes: flags.scope.map(scopeOf),
    origins: (flags.origin ?? []).map(originOf),
    eventsPerMinute: readRate(flags.rate ?? (flags.origin === undefined ? 'none' : '600/min')),
    signedAuthors: flags.signedAuthors === true,
    name: flags.name,
  };
  const created = await createToken(resolve(io.cwd, flags.store), request, contextOf(io));
  const { secret, token, signingKey } = created;
  if (flags.json === true) {
    line(io, JSON.stringify({ ...record(token), token: secret, signing_key: signingKey }));
    return exitCodes.ok;
  }
  line(io, secret);
  note(io, `Token ${token.id} (${token.scopes.join(', ')}). Store it now: it is not shown again.`);
  if (signingKey !== undefined) note(io, `Your server signs authors with ${signingKey}`);
  return exitCodes.ok;
}

export async function runList(io: CommandIo, flags: StoreFlags): Promise<ExitCode> {
  const tokens = await listTokens(resolve(io.cwd, flags.store));
  if (flags.json === true) line(io, JSON.stringify(tokens.map(record)));
  else if (tokens.length === 0) note(io, 'No token exists yet: quorate tokens create --scope ingest');
  else line(io, textTable(tokens, columns));
  return exitCodes.ok;
}

export async function runRevoke(io: CommandIo, token: string, flags: StoreFlags): Promise<ExitCode> {
  const id = await revokeToken(resolve(io.cwd, flags.store), token, contextOf(io));
  note(io, `Token ${id} is revoked.`);
  return exitCodes.ok;
}

const columns: readonly Column<AccessToken>[] = [
  { title: 'id', text: ({ id }) => id },
  { title: 'name', text: ({ name = '' }) => name },
  { title: 'scopes', text: (token) => token.scopes.join(' ') },
  { title: 'origins', text: (token) => token.origins.join(' ') },
  { title: 'rate', text: ({ eventsPerMinute: rate }) => (rate === null ? 'none' : `${rate}/min`) },
  { title: 'authors', text: ({ signedAuthors }) => (signedAuthors ? 'signed' : '') },
  { title: 'created', text: ({ createdAt }) => createdAt.slice(0, 10) },
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
  if (text.includes('*')) {
    throw new ConfigError(`"${text}" never matches: origins have no wildcards`, [], {
      hint: 'name each origin: --origin https://app.example https://www.example',
    });
  }
  if (URL.canParse(text)) {
    const { origin } = new URL(text);
    if (origin !== 'null' && origin === text.replace(/\/$/, '')) return origin;
  }
  throw new ConfigError(`"${text}" is not a web origin`, [], {
    hint: 'scheme, host and port and nothing more, for example https://app.example',
  });
}
