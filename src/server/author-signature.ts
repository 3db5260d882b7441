import { createHmac, timingSafeEqual } from 'node:crypto';

/** The signature that an application's server gives its page with the author's id, so that no one else can submit as that
 * author: HMAC-SHA-256 of the id under the token's signing key, 64 hexadecimal digits.
 */
export function signAuthor(signingKey: string, author: string): string {
  return createHmac('sha256', signingKey).update(author).digest('hex');
}

export function isSignedBy(signingKey: string, author: unknown, signature: unknown): boolean {
  if (typeof author !== 'string' || typeof signature !== 'string') return false;
  const expected = Buffer.from(signAuthor(signingKey, author));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
