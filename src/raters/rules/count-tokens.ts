/** Tokens of pieces already met; most of a text is made of a few thousand. */
const mostKnown = 50_000;
/** A longer piece is counted in parts: the encoder's time grows with the square of a piece. */
const longestPiece = 256;

/** Counts the tokens of the `o200k_base` encoding; a piece without an end (a word of 1,000 letters) nearly. */
export async function openTokenCounter(): Promise<(text: string) => number> {
  const [{ countTokens }, { O200K_TOKEN_SPLIT_REGEX }] = await Promise.all([
    import('gpt-tokenizer/encoding/o200k_base'),
    import('gpt-tokenizer/encodingParams/constants'),
  ]);
  const known = new Map<string, number>();
  // what looks like a control token in a response is text
  const asText = { disallowedSpecial: new Set<string>() };
  const countPiece = (piece: string) => {
    let count = 0;
    for (let at = 0; at < piece.length; at += longestPiece)
      count += countTokens(piece.slice(at, at + longestPiece), asText);
    if (known.size < mostKnown && piece.length <= 32) known.set(piece, count);
    return count;
  };
  return (text) => {
    let count = 0;
    for (const piece of text.match(O200K_TOKEN_SPLIT_REGEX) ?? [])
      count += known.get(piece) ?? countPiece(piece);
    return count;
  };
}
