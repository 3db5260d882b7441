import { readRecords } from '../../files/read-records.ts';
import { RecordFields } from '../../files/record-fields.ts';

/** Responses of known quality (JSONL): `{"response_id", "quality": "good" | "bad"}`. @throws InputError naming the line */
export async function readGoldResponses(file: string): Promise<Map<string, 'good' | 'bad'>> {
  const gold = new Map<string, 'good' | 'bad'>();
  for await (const { line, record } of readRecords(file)) {
    const fields = new RecordFields(file, line, record);
    gold.set(fields.id('response_id'), fields.oneOf('quality', ['good', 'bad']));
  }
  return gold;
}
