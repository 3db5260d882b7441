import { readFileSync } from 'node:fs';
import type { SensitiveClass } from '../../src/domain/sensitive.ts';

export interface LabelledText {
  readonly locale: string;
  readonly text: string;
  readonly spans: readonly {
    readonly class: SensitiveClass;
    readonly start: number;
    readonly end: number;
  }[];
}

/** The labelled strings of test/fixtures/pii: `⟦class:value⟧` marks a value, `⁀` splits made-up tokens. */
export function readLabelledSet(): readonly LabelledText[] {
  const file = new URL('../fixtures/pii/labelled.jsonl', import.meta.url);
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const record = JSON.parse(line) as { locale: string; text: string };
      return { locale: record.locale, ...unmark(record.text.replaceAll('⁀', '')) };
    });
}

function unmark(marked: string): Pick<LabelledText, 'text' | 'spans'> {
  const spans: { class: SensitiveClass; start: number; end: number }[] = [];
  let text = '';
  let done = 0;
  for (const match of marked.matchAll(/⟦(\w+):([^⟧]*)⟧/g)) {
    text += marked.slice(done, match.index);
    const value = match[2]!;
    spans.push({ class: match[1] as SensitiveClass, start: text.length, end: text.length + value.length });
    text += value;
    done = match.index + match[0].length;
  }
  return { text: text + marked.slice(done), spans };
}
