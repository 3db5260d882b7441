import { InputError } from '../../domain/errors.ts';
import type { ChatMessage } from '../../domain/message.ts';
import { hashText } from '../../files/content-hash.ts';
import { readRecords } from '../../files/read-records.ts';
import type { PreferenceExample } from '../example.ts';

/** Rows of a public preference file (TRL's explicit prompt, conversational or text), to be mixed in with their provenance.
 * @throws InputError naming the line of an invalid row
 */
export async function* publicExamples(file: string): AsyncGenerator<PreferenceExample> {
  for await (const { line, record } of readRecords(file)) {
    const prompt = messagesOf(record.prompt, 'user');
    const chosen = textOf(record.chosen);
    const rejected = textOf(record.rejected);
    if (prompt === null || chosen === null || rejected === null) {
      throw new InputError(
        file,
        line,
        'expected "prompt", "chosen" and "rejected" as texts or lists of messages',
      );
    }
    if (chosen === rejected) throw new InputError(file, line, '"chosen" and "rejected" are the same');
    const id = `public:${hashText(JSON.stringify([record.prompt, chosen, rejected])).slice(0, 16)}`;
    yield {
      kind: 'preference',
      prompt,
      chosen,
      rejected,
      margin: 0,
      meta: {
        id,
        item: id,
        category: null,
        cluster: null,
        source: 'public',
        probability: null,
        basis: 'given',
        candidates: ['chosen', 'rejected'],
        models: [null, null],
      },
    };
  }
}

function messagesOf(value: unknown, role: ChatMessage['role']): readonly ChatMessage[] | null {
  if (typeof value === 'string') return [{ role, content: value }];
  const valid =
    Array.isArray(value) && value.length > 0 && value.every((turn) => typeof turn?.content === 'string');
  return valid ? (value as readonly ChatMessage[]) : null;
}

/** A response is one turn; of a whole conversation the last. */
function textOf(value: unknown): string | null {
  return messagesOf(value, 'assistant')?.at(-1)?.content ?? null;
}
