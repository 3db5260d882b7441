import type { FeedbackEvent } from '../domain/feedback-event.ts';
import type { ChatMessage } from '../domain/message.ts';
import { readRecords } from '../files/read-records.ts';
import { RecordFields } from '../files/record-fields.ts';
import { type Improvement, improvementOf } from './builders/correction-examples.ts';
import type { KnowledgeGap } from './builders/retrieval-examples.ts';

/**
 * Reads improvements, or the corrections among feedback events.
 * @throws InputError naming the line of a missing field
 */
export async function* readImprovements(files: readonly string[]): AsyncGenerator<Improvement> {
  for (const file of files) {
    for await (const { line, record } of readRecords(file)) {
      const fields = new RecordFields(file, line, record);
      if (record.kind === 'correction') {
        for (const name of ['response_id', 'query_id', 'response', 'corrected']) fields.optionalString(name);
        fields.id('response_id');
        fields.id('query_id');
        if (record.query === undefined || record.query === null)
          fields.fail('query', 'the query that was answered');
        const improvement = improvementOf(record as unknown as FeedbackEvent);
        if (improvement !== null) yield improvement;
      } else if ('improved' in record) {
        const item = fields.id('item');
        const prompt = record.prompt as string | readonly ChatMessage[] | undefined;
        if (prompt === undefined || prompt === null) fields.fail('prompt', 'a text or a list of messages');
        yield {
          id: fields.optionalString('id') ?? `${item}:improved`,
          item,
          prompt: prompt as string | readonly ChatMessage[],
          original: fields.optionalString('original') ?? '',
          improved: fields.optionalString('improved') ?? '',
          source: record.source === 'human' ? 'human' : 'ai',
          model: fields.optionalString('model') ?? null,
          category: fields.optionalString('category') ?? null,
          events: [],
          probability: fields.optionalNumber('probability') ?? null,
        };
      }
    }
  }
}

/** Knowledge gaps, as reported by `quorate feedback` and `quorate facts`, with the answers that were filled in. */
export async function* readGaps(files: readonly string[]): AsyncGenerator<KnowledgeGap> {
  for (const file of files) {
    for await (const { line, record } of readRecords(file)) {
      const fields = new RecordFields(file, line, record);
      const evidence =
        record.evidence === undefined || record.evidence === null ? [] : fields.array('evidence');
      const question = fields.id('question');
      yield {
        id: fields.optionalString('id') ?? question,
        question,
        answer: fields.optionalString('answer') ?? null,
        evidence: evidence.map(String),
        category: fields.optionalString('category') ?? null,
      };
    }
  }
}
