import { checkArgument } from '../domain/check-argument.ts';
import { type FindSensitiveOptions, findSensitive, type SensitiveSpan } from './find-sensitive.ts';

/** Names the placeholder of a value. Equal canonical values must get equal names. */
export type NameValue = (span: SensitiveSpan, canonical: string) => string;

/** A redacted text with the spans that were replaced, as offsets in the original text. */
export interface Redaction {
  readonly text: string;
  readonly spans: readonly SensitiveSpan[];
}

/**
 * Creates a function that replaces personal data and secrets with placeholders such as `[EMAIL_1]`. One redactor gives
 * equal values equal placeholders, regardless of punctuation. For names that are stable between processes pass `name`:
 * a keyed hash of the canonical value, never a plain hash, because phone numbers can be enumerated.
 * @example createRedactor()('Write to ann@example.org').text // 'Write to [EMAIL_1]'
 */
export function createRedactor(
  options: FindSensitiveOptions & { readonly name?: NameValue } = {},
): (text: string) => Redaction {
  checkArgument('options', options, { name: 'function?', classes: 'list?', minScore: 'number?' });
  const name = options.name ?? numbered();
  return (text) => {
    const spans = findSensitive(text, options);
    let redacted = '';
    let end = 0;
    for (const span of spans) {
      redacted += `${text.slice(end, span.start)}[${name(span, canonicalValue(span))}]`;
      end = span.end;
    }
    return { text: redacted + text.slice(end), spans };
  };
}

/** The normal form of a value: without irrelevant punctuation, in lower case unless case is significant. */
export function canonicalValue(span: SensitiveSpan): string {
  if (span.class === 'secret') return span.text;
  const lower = span.text.toLowerCase();
  return span.class === 'email' || span.class === 'ip_address' || span.class === 'birth_date'
    ? lower
    : lower.replace(/[^\p{L}\p{N}+]/gu, '');
}

function numbered(): NameValue {
  const numbers = new Map<string, number>();
  const counts = new Map<string, number>();
  return (span, canonical) => {
    const key = `${span.class}\u0000${canonical}`;
    let number = numbers.get(key);
    if (number === undefined) {
      number = (counts.get(span.class) ?? 0) + 1;
      counts.set(span.class, number);
      numbers.set(key, number);
    }
    return `${span.class.toUpperCase()}_${number}`;
  };
}
