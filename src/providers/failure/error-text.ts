import { asText } from '../reply/json-shape.ts';

/** Members of error bodies that explain; others may repeat the question. */
const explaining = new Set([
  'message',
  'msg',
  'detail',
  'details',
  'error',
  'errors',
  'reason',
  'title',
  'error_description',
  'raw',
  'metadata',
  'violations',
  'quotaMetric',
  'estimated_time',
]);
const marks = new Set([
  'code',
  'type',
  'param',
  'status',
  'quotaId',
  'loc',
  'error_code',
  'failed_generation_code',
]);

const deepest = 8;
const mostTexts = 40;
/** A body may be megabytes long; its first words say what is wrong. */
const mostCharacters = 10_000;

/** What a body of an error says: its messages, then its codes, types and parameters in brackets. */
export function errorText(body: unknown): string {
  const texts: string[] = [];
  const found: string[] = [];
  collect(body, 'error', 0, texts, found);
  const words = [...new Set(texts)].join(' ');
  const codes = [...new Set(found)].filter((mark) => !words.includes(mark));
  if (words === '' && codes.length === 0) return asText(body);
  return `${words} ${codes.length === 0 ? '' : `(${codes.join(', ')})`}`.trim();
}

function collect(value: unknown, name: string, depth: number, texts: string[], found: string[]): void {
  if (depth > deepest || texts.length > mostTexts || found.length > mostTexts) return;
  if (Array.isArray(value)) {
    for (const one of value) collect(one, name, depth + 1, texts, found);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (explaining.has(key) || marks.has(key)) collect(inner, key, depth + 1, texts, found);
    }
  } else if (typeof value === 'string' && value !== '') {
    if (marks.has(name)) found.push(value);
    else collectText(value, depth, texts, found);
  } else if (typeof value === 'number') {
    if (name === 'estimated_time') texts.push(`estimated_time: ${value}`);
  }
}

/** A message may be the JSON of another server's error. */
function collectText(text: string, depth: number, texts: string[], found: string[]): void {
  if (/^\s*[[{]/.test(text)) {
    try {
      collect(JSON.parse(text) as unknown, 'error', depth + 1, texts, found);
      return;
    } catch {
      // a text that only looks like JSON
    }
  }
  texts.push(text.slice(0, mostCharacters));
}
