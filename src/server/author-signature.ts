import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * What an application's own server gives its page together with the author's id, so that nobody else can speak for
 * that author: HMAC-SHA-256 of the id under the token's signing key, 64 hexadecimal digits.
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
