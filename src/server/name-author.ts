import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Interaction } from '../domain/feedback-event.ts';
import { type AccessToken, opens } from '../domain/intake.ts';
import type { AuthorKeys } from '../feedback/intake/author-keys.ts';

type Fields = Readonly<Record<string, unknown>>;

export type NamedAuthor =
  | { readonly ok: true; readonly fields: Fields; readonly keys: AuthorKeys }
  | { readonly ok: false; readonly path: string; readonly message: string };

/** Determines author and author kind of an event within the scopes of its token: ingest allows end users, annotate also experts,
 * admin also imported authors. The default author is that of the recorded interaction, or else its session.
 */
export function nameAuthor(
  sent: Fields,
  interaction: Interaction | undefined,
  token: AccessToken,
  keys: AuthorKeys,
): NamedAuthor {
  const expert = opens(token, ['annotate']);
  const { author_signature: signature, ...rest } = sent;
  const fields = { author_kind: expert ? 'expert' : 'end_user', ...rest };
  if (fields.author_kind === 'expert' && !expert)
    return { ok: false, path: 'author_kind', message: 'expert needs a token of scope annotate' };
  if (fields.author_kind === 'imported' && !opens(token, ['admin']))
    return { ok: false, path: 'author_kind', message: 'imported needs a token of scope admin' };
  const { author } = sent;
  if (isReserved(author, token))
    return { ok: false, path: 'author', message: 'must not begin with session:, which the server assigns' };
  // no author: intake reports it as missing
  if (author === undefined && interaction === undefined) return { ok: true, fields, keys };
  if (author === undefined && interaction !== undefined) {
    const { author: recorded, session_id: session } = interaction;
    // the recorded author is a pseudonym already
    const named = recorded === undefined ? keys : { ...keys, pseudonymOf: () => recorded };
    return { ok: true, fields: { ...fields, author: `session:${session}` }, keys: named };
  }
  if (token.signedAuthors && !isSignedBy(keys.signingKey(token.id), author, signature))
    return { ok: false, path: 'author_signature', message: 'does not sign this author for this token' };
  // the key of a page is public: it may only submit for the author that the application recorded
  const recorded = token.origins.length > 0 && !token.signedAuthors ? interaction?.author : undefined;
  if (recorded !== undefined && !keys.allPseudonymsOf(String(author)).includes(recorded))
    return { ok: false, path: 'author', message: 'is not who this response was recorded for' };
  return { ok: true, fields, keys };
}

/**
 * Whether an author looks like one that the server derives from a session: whoever may send such a name could speak for
 * the person of that session. Administrators import what was exported.
 */
export function isReserved(author: unknown, token: AccessToken): boolean {
  return typeof author === 'string' && /^\s*session:/i.test(author) && !opens(token, ['admin']);
}

/** The signature that an application's server gives its page with the author's id, so that no other user can submit as that
 * author: HMAC-SHA-256 of the id under the token's signing key, 64 hexadecimal digits.
 */
export function signAuthor(signingKey: string, author: string): string {
  return createHmac('sha256', signingKey).update(author).digest('hex');
}

function isSignedBy(signingKey: string, author: unknown, signature: unknown): boolean {
  if (typeof author !== 'string' || typeof signature !== 'string') return false;
  const expected = Buffer.from(signAuthor(signingKey, author));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
