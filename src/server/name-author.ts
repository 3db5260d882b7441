import { type AccessToken, opens } from '../domain/access-token.ts';
import type { Interaction } from '../domain/interaction.ts';
import type { AuthorKeys } from '../feedback/intake/author-keys.ts';
import { isSignedBy } from './author-signature.ts';

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
