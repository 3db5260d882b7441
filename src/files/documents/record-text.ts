/** Common names of text fields, in order of precedence. */
const textFields = ['text', 'content', 'body', 'passage', 'document', 'answer', 'abstract', 'summary'];

/** The text of a record: title and text field, otherwise all its values as `name: value`. */
export function recordText(record: Readonly<Record<string, unknown>>): string {
  const main = textFields.map((name) => record[name]).find((value) => typeof value === 'string');
  const title = record.title ?? record.name ?? record.question;
  if (typeof main === 'string')
    return typeof title === 'string' && title !== main ? `${title}\n\n${main}` : main;
  return Object.entries(record)
    .filter(([, value]) => typeof value === 'string' || typeof value === 'number')
    .map(([name, value]) => `${name}:${isSentence(value) ? '\n' : ' '}${String(value)}`)
    .join('\n');
}

/** Sentences are put on their own line, so that the field name does not become part of them. */
function isSentence(value: unknown): boolean {
  return /[.!?]["'”)]*\s*$/.test(String(value));
}
