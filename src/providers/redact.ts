/** Key shapes of the vendors, also half-masked as some servers repeat them (`sk-abc***xyz`). */
const keyShapes = /\b(?:sk|pk|rk|gsk|xai|hf|key)[-_][\w*.-]{6,}|\bBearer\s+[\w*.~+/=-]+/g;

/** Takes keys out of a text for human readers: the given ones, and whatever looks like one. */
export function redact(text: string, secrets: readonly (string | undefined)[] = []): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret !== undefined && secret.length >= 4) clean = clean.replaceAll(secret, '[key]');
  }
  return clean.replace(keyShapes, '[key]');
}
