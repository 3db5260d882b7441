import { checkArgument } from '../domain/check-argument.ts';
import { InputError } from '../domain/errors.ts';
import { raterKinds, type Vote, voteOutcomes } from '../domain/vote.ts';
import { type JsonRecord, readRecords } from './read-records.ts';
import { RecordFields } from './record-fields.ts';

const kinds = ['pairwise', 'pointwise', 'listwise'] as const;

/**
 * Streams the votes or labels of a file. @throws InputError for a malformed vote, naming the line
 * @example
 * for await (const vote of readVotes('votes.jsonl')) if (vote.outcome === 'error') console.log(vote.item, vote.reason);
 */
export async function* readVotes(file: string): AsyncGenerator<Vote> {
  checkArgument('file', file, 'name');
  for await (const { line, record } of readRecords(file)) yield parseVote(record, file, line);
}

/**
 * Validates one parsed line as a vote. JSON cannot represent a non-finite score or strength, so null or text ("NaN")
 * with outcome `verdict` is refused. @throws InputError
 */
export function parseVote(record: JsonRecord, file: string, line: number): Vote {
  const fields = new RecordFields(file, line, record);
  fields.id('item');
  fields.id('rater');
  fields.oneOf('rater_kind', raterKinds);
  const outcome = fields.oneOf('outcome', voteOutcomes);
  const kind = fields.oneOf('kind', kinds);
  fields.optionalNumber('probability');
  const weight = fields.optionalNumber('weight');
  if (weight !== undefined && (weight < 0 || weight > 1)) fields.fail('weight', 'a number between 0 and 1');
  const costUsd = fields.optionalNumber('cost_usd');
  if (typeof costUsd === 'number' && costUsd < 0) fields.fail('cost_usd', 'a price of 0 or more');
  const verdict = outcome === 'verdict';
  if (kind === 'pairwise') checkPairwise(fields, record, verdict, file, line);
  else if (kind === 'pointwise') checkPointwise(fields, record, verdict);
  else checkListwise(fields, record, verdict);
  const vote = record as unknown as Vote;
  return typeof record.item === 'string' ? vote : { ...vote, item: String(record.item) };
}

function checkPairwise(
  fields: RecordFields,
  record: JsonRecord,
  verdict: boolean,
  file: string,
  line: number,
): void {
  const shown = fields.array('shown');
  if (shown.length !== 2 || !shown.every((id) => typeof id === 'string') || shown[0] === shown[1]) {
    fields.fail('shown', 'a list of two different candidate ids');
  }
  fields.optionalNumber('strength');
  if (verdict && !shown.includes(record.preferred as string)) {
    throw new InputError(
      file,
      line,
      `"preferred" must be one of ${JSON.stringify(shown)}, received ${JSON.stringify(record.preferred)}`,
    );
  }
}

function checkPointwise(fields: RecordFields, record: JsonRecord, verdict: boolean): void {
  fields.id('candidate');
  if (verdict && (typeof record.score !== 'number' || !Number.isFinite(record.score))) {
    fields.fail('score', 'a finite number');
  }
  if (record.scale === undefined || record.scale === null) return;
  const [min, max] = fields.array('scale');
  if (typeof min !== 'number' || typeof max !== 'number' || !(min < max))
    fields.fail('scale', '[min, max] with min < max');
}

function checkListwise(fields: RecordFields, record: JsonRecord, verdict: boolean): void {
  if (!verdict) return;
  const seen = new Set<unknown>();
  for (const rank of fields.array('ranking')) {
    if (!Array.isArray(rank) || rank.length === 0) fields.fail('ranking', 'a list of lists of candidate ids');
    for (const id of rank as readonly unknown[]) {
      if (typeof id !== 'string' || seen.has(id))
        fields.fail('ranking', 'a ranking in which each candidate stands once');
      seen.add(id);
    }
  }
  if (seen.size < 2 && record.outcome === 'verdict')
    fields.fail('ranking', 'a ranking of at least two candidates');
}
