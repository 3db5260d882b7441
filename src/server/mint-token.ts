import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { AccessToken } from '../domain/intake.ts';
import type { TokenStore } from '../ports/token-store.ts';

/** `qrt_`, the public id, 256 random bits. */
const shape = /^qrt_([0-9a-f]{8})_[\w-]{43}$/;

/** Creates a token and stores its hash. @returns the secret, which cannot be recovered later */
export async function mintToken(
  store: TokenStore,
  grant: Omit<AccessToken, 'id' | 'revokedAt'>,
): Promise<{ readonly secret: string; readonly token: AccessToken }> {
  const id = randomBytes(4).toString('hex');
  const secret = `qrt_${id}_${randomBytes(32).toString('base64url')}`;
  const token = { ...grant, id };
  await store.add({ token, hash: hashOf(secret).toString('hex') });
  return { secret, token };
}

/** The token of a secret; undefined if unknown or revoked. Runs in constant time for every kind of failure. */
export async function findToken(
  store: Pick<TokenStore, 'find'>,
  secret: string,
): Promise<AccessToken | undefined> {
  const id = shape.exec(secret)?.[1];
  const stored = id === undefined ? undefined : await store.find(id);
  const given = hashOf(secret);
  const same = timingSafeEqual(given, stored === undefined ? given : Buffer.from(stored.hash, 'hex'));
  return same && stored?.token.revokedAt === undefined ? stored?.token : undefined;
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
