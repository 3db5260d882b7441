/** Formats of the API keys of common services. A digit is required, so that hyphenated words do not match. */
const keyShapes =
  /\b(?:sk|pk|rk|gsk|xai|r8|nvapi|pplx|fw|csk)[-_](?=[\w-]*\d)[\w-]{12,}|\bhf_[A-Za-z0-9]{16,}|\bAIza[\w-]{30,}|\bgh[pousr]_[A-Za-z0-9]{20,}|\bAKIA[A-Z0-9]{16}\b|\beyJ[\w-]{20,}\.[\w-]{10,}/g;

/** Start offsets of everything in a text that looks like an API key, in UTF-16 units. */
export function findWrittenKeys(text: string): readonly number[] {
  return [...text.matchAll(keyShapes)].map((match) => match.index);
}

/** The text with everything that looks like an API key masked, safe to print. */
export function hideKeys(text: string): string {
  return text.replace(keyShapes, (key) => `${key.slice(0, 3)}…(hidden)`);
}
