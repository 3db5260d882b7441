/** Fields that usually hold a record's text, in the order in which they are asked for. */
const textFields = ['text', 'content', 'body', 'passage', 'document', 'answer', 'abstract', 'summary'];

/** The text of a record: its title and its text field, or else every text it has, as `name: value`. */
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

/** A sentence stands on a line of its own, so that its first word is its own too. */
function isSentence(value: unknown): boolean {
  return /[.!?]["'”)]*\s*$/.test(String(value));
}
