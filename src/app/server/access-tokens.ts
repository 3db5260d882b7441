import { ConfigError } from '../../domain/errors.ts';
import type { AccessToken, Scope } from '../../domain/intake.ts';
import { readAuthorKeys } from '../../feedback/intake/author-keys.ts';
import type { TokenStore } from '../../ports/token-store.ts';
import { mintToken } from '../../server/mint-token.ts';
import type { AppContext } from '../context.ts';
import { openTokens } from '../stores/feedback-stores.ts';

export interface TokenRequest {
  readonly scopes: readonly Scope[];
  /** Web origins whose pages may use it. */
  readonly origins: readonly string[];
  /** Null: no limit. */
  readonly eventsPerMinute: number | null;
  /** Accept authors only with a signature of the application's server. */
  readonly signedAuthors: boolean;
  readonly name?: string | undefined;
}

export interface CreatedToken {
  readonly token: AccessToken;
  /** The token itself: only its hash is stored. */
  readonly secret: string;
  /** With `signedAuthors`: the key that the application's server signs authors with. */
  readonly signingKey?: string | undefined;
}

/** Creates an access token beside a feedback store. @throws ConfigError without author keys for signed authors */
export function createToken(
  feedbackStore: string,
  { name, signedAuthors, ...request }: TokenRequest,
  { env, clock }: AppContext,
): Promise<CreatedToken> {
  const beyond = request.scopes.filter((scope) => scope !== 'ingest');
  if (request.origins.length > 0 && beyond.length > 0) {
    throw new ConfigError(
      `a token with origins is public and cannot have the scope ${beyond.join(', ')}`,
      [],
      {
        hint: 'make one token for the pages (--scope ingest --origin …) and another, without origins, for your server',
      },
    );
  }
  // derived from the key of author pseudonyms, so that no secret is stored
  const keys = signedAuthors ? readAuthorKeys(env) : null;
  const createdAt = new Date(clock.now()).toISOString();
  const grant = { ...request, signedAuthors, createdAt, ...(name !== undefined && { name }) };
  return withTokens(feedbackStore, async (store) => {
    const { secret, token } = await mintToken(store, grant);
    return { token, secret, signingKey: keys?.signingKey(token.id) };
  });
}

export function listTokens(feedbackStore: string): Promise<readonly AccessToken[]> {
  return withTokens(feedbackStore, (store) => store.list());
}

/** Revokes a token, given by its id or in full. @returns its id @throws ConfigError where no such token is in force */
export function revokeToken(feedbackStore: string, token: string, { clock }: AppContext): Promise<string> {
  const id = /^qrt_([0-9a-f]{8})_/.exec(token)?.[1] ?? token;
  return withTokens(feedbackStore, async (store) => {
    if (await store.revoke(id, new Date(clock.now()).toISOString())) return id;
    throw new ConfigError(`no token ${id} is in force`, [], { hint: 'quorate tokens list prints them' });
  });
}

async function withTokens<T>(feedbackStore: string, work: (store: TokenStore) => Promise<T>): Promise<T> {
  const store = await openTokens(feedbackStore);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
