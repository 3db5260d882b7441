import { InputError } from '../domain/errors.ts';
import { type Preference, preferenceStatuses } from '../domain/preference.ts';
import { readRecords } from '../files/read-records.ts';
import { RecordFields } from '../files/record-fields.ts';

/** The preferences of a file, streamed. @throws InputError naming the line of a malformed one. */
export async function* readPreferences(file: string): AsyncGenerator<Preference> {
  for await (const { line, record } of readRecords(file)) {
    const fields = new RecordFields(file, line, record);
    fields.id('item');
    const chosen = fields.id('chosen');
    if (fields.id('rejected') === chosen) {
      throw new InputError(file, line, `"chosen" and "rejected" are the same candidate ("${chosen}")`);
    }
    fields.oneOf('status', preferenceStatuses);
    const probability = fields.optionalNumber('probability');
    if (probability === undefined || probability < 0.5 || probability > 1) {
      fields.fail('probability', 'a number in [0.5, 1]');
    }
    yield {
      votes: noVotes,
      sources: {},
      reasons: [],
      basis: 'uncalibrated',
      ...record,
    } as unknown as Preference;
  }
}

const noVotes = { for_chosen: 0, for_rejected: 0, tie: 0, abstain: 0, error: 0, flipped: 0 };
