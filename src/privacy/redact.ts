import { type FindSensitiveOptions, findSensitive, type SensitiveSpan } from './find-sensitive.ts';

/** Names the placeholder of a value: the same value must always get the same name. */
export type NameValue = (span: SensitiveSpan, canonical: string) => string;

export interface Redaction {
  readonly text: string;
  readonly spans: readonly SensitiveSpan[];
}

/**
 * Replaces what is sensitive by placeholders such as `[EMAIL_1]`, which stay the same for the same value as long
 * as the redactor lives, however the value is punctuated. For names that are stable between runs pass `name`
 * (a keyed hash of the canonical value, never a plain one: phone numbers can be guessed).
 */
export function createRedactor(
  options: FindSensitiveOptions & { readonly name?: NameValue } = {},
): (text: string) => Redaction {
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

/** One value, however it is written: no punctuation where it means nothing, lower case where case means nothing. */
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
