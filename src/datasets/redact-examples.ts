import type { PiiPolicy } from '../domain/export-spec.ts';
import { createRedactor } from '../privacy/redact.ts';
import type { Example, Refusal } from './example.ts';

/** Spans found, by class. */
export interface PrivacyTally {
  readonly rows: number;
  readonly found: Readonly<Record<string, number>>;
}

export interface Redaction {
  apply(examples: AsyncIterable<Example | Refusal>): AsyncGenerator<Example | Refusal>;
  tally(): PrivacyTally;
}

/** Redacts every text of a row; one value has one placeholder in the whole export. */
export function openRedaction(policy: PiiPolicy): Redaction {
  const redact = createRedactor();
  const found: Record<string, number> = {};
  let rows = 0;
  let spans = 0;
  // adjacent rows of one item share their texts, which are redacted once
  const known = new Map<string, ReturnType<typeof redact>>();
  let item = '';
  const clean = (text: string): string => {
    const redaction = known.get(text) ?? redact(text);
    known.set(text, redaction);
    for (const span of redaction.spans) found[span.class] = (found[span.class] ?? 0) + 1;
    spans += redaction.spans.length;
    return redaction.text;
  };
  return {
    async *apply(examples) {
      for await (const example of examples) {
        if (example.kind === 'refusal') {
          yield example;
          continue;
        }
        if (example.meta.item !== item) known.clear();
        item = example.meta.item;
        spans = 0;
        const cleaned = withTexts(example, clean);
        if (spans > 0) rows += 1;
        if (spans === 0 || policy === 'keep') yield example;
        else if (policy === 'redact') yield cleaned;
        else {
          const { candidates } = example.meta;
          yield { kind: 'refusal', item, candidates, reason: 'personal_data' };
        }
      }
    },
    tally: () => ({ rows, found }),
  };
}

function withTexts(example: Example, change: (text: string) => string): Example {
  const prompt = example.prompt.map((message) => ({ ...message, content: change(message.content) }));
  switch (example.kind) {
    case 'preference':
      return { ...example, prompt, chosen: change(example.chosen), rejected: change(example.rejected) };
    case 'completion':
      return { ...example, prompt, completion: change(example.completion) };
    case 'ranking':
      return {
        ...example,
        prompt,
        answers: example.answers.map((answer) => ({ ...answer, text: change(answer.text) })),
      };
    case 'retrieval':
      return { ...example, prompt, answer: change(example.answer), evidence: example.evidence.map(change) };
  }
}
