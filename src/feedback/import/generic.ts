import { flagReasons } from '../../domain/feedback-event.ts';
import { type ImportField, type ImportMap, importFields } from '../../domain/import-map.ts';
import type { JsonRecord } from '../../files/read-records.ts';
import { derivedId, momentOf } from './derive.ts';
import { type Mapped, present, type RecordMapper, skip, textOf, unusable } from './import-record.ts';

/** Common column names of each field, most likely first. Case, spaces and dashes are ignored. */
const usualNames: Readonly<Record<ImportField, readonly string[]>> = {
  id: ['id', 'event_id', 'feedback_id'],
  session_id: ['session_id', 'session', 'conversation_id', 'chat_id', 'thread_id', 'trace_id'],
  query_id: ['query_id', 'prompt_id', 'question_id', 'request_id'],
  response_id: ['response_id', 'message_id', 'completion_id', 'run_id', 'generation_id'],
  query: ['query', 'prompt', 'question', 'input', 'user_message', 'instruction'],
  response: ['response', 'answer', 'output', 'completion', 'reply', 'assistant_message'],
  model_version: ['model_version', 'model', 'model_id', 'model_name'],
  at: ['at', 'timestamp', 'created_at', 'sent_at', 'time', 'datetime', 'date'],
  author: ['author', 'user_id', 'user', 'username', 'email', 'rater', 'annotator'],
  category: ['category', 'topic', 'intent'],
  thumb: ['thumb', 'thumbs', 'vote', 'feedback', 'liked', 'is_positive', 'helpful'],
  stars: ['stars', 'star_rating'],
  rating: ['rating', 'score'],
  corrected: ['corrected', 'correction', 'corrected_response', 'edited_response', 'edited', 'rewrite'],
  comment: ['comment', 'comments', 'feedback_text', 'note', 'explanation', 'reason'],
  flag: ['flag', 'flag_reason', 'report_reason'],
  other_response: ['other_response', 'response_b', 'alternative'],
  other_response_id: ['other_response_id', 'response_b_id'],
  preferred: ['preferred', 'preference', 'winner'],
};

const up = new Set([
  'up',
  'thumbs_up',
  'thumbsup',
  'good',
  'like',
  'liked',
  'positive',
  'true',
  'yes',
  '1',
  '+1',
  '👍',
]);
const down = new Set([
  'down',
  'thumbs_down',
  'thumbsdown',
  'bad',
  'dislike',
  'disliked',
  'negative',
  'false',
  'no',
  '0',
  '-1',
  '👎',
]);

/** Maps a custom table. Columns are found by the map or under their common names. Missing ids are derived from content (the
 * event's from all fields of the line, the query's from its text, the response's from query, model and text, the session's
 * from the response); settings are empty. Query, response, time, author and model version are never invented.
 */
export function genericMapper(map: ImportMap): RecordMapper {
  return (record, _facts, defaults): Mapped => {
    const fields = fieldsOf(record, map);
    const query = queryOf(fields.query);
    const response = typeof fields.response === 'string' ? fields.response : undefined;
    const model = textOf(fields.model_version) ?? defaults.modelVersion ?? map.defaults.model_version;
    const queryId =
      textOf(fields.query_id) ??
      (query === undefined ? undefined : derivedId('query', [defaults.source, query]));
    const responseId =
      textOf(fields.response_id) ??
      (response === undefined
        ? undefined
        : derivedId('response', [defaults.source, queryId, model, response]));
    const context = present({
      session_id:
        textOf(fields.session_id) ??
        (responseId === undefined ? undefined : derivedId('session', [defaults.source, responseId])),
      query_id: queryId,
      response_id: responseId,
      query,
      response,
      model_version: model,
      settings: map.defaults.settings ?? {},
      at: momentOf(fields.at, map.assumeUtc),
      source: defaults.source,
      author_kind: map.authorKind,
      author: textOf(fields.author) ?? defaults.author ?? map.defaults.author,
      category: textOf(fields.category) ?? map.defaults.category,
    });
    if (fields.at !== undefined && context.at === undefined) return unusable(unclearTime(fields.at));
    const signals = signalsOf(fields, map, queryId);
    if (typeof signals === 'string') return unusable(signals);
    if (signals.length === 0) return skip('no signal');
    const { author, ...rest } = context as { readonly author?: string };
    const who = author === undefined ? null : defaults.stablePseudonymOf(author);
    const id = textOf(fields.id) ?? derivedId('event', [defaults.source, rest, signals, who]);
    const events = signals.map((signal) => ({ ...context, ...signal, id: `${id}:${String(signal.kind)}` }));
    return { events, interactions: [] };
  };
}

type Fields = Readonly<Partial<Record<ImportField, unknown>>>;

function fieldsOf(record: JsonRecord, map: ImportMap): Fields {
  const columns = new Map(Object.keys(record).map((column) => [plain(column), column]));
  const fields: Partial<Record<ImportField, unknown>> = {};
  for (const field of importFields) {
    const named = map.fields[field];
    const column =
      named ?? usualNames[field].map((name) => columns.get(name)).find((name) => name !== undefined);
    const value = column === undefined ? undefined : record[column];
    if (value !== undefined && value !== null && value !== '') fields[field] = value;
  }
  return fields;
}

/** The signal of a line; a string is the reason why it is ambiguous. */
function signalsOf(
  fields: Fields,
  map: ImportMap,
  queryId: string | undefined,
): readonly JsonRecord[] | string {
  const comment = textOf(fields.comment);
  const signals: JsonRecord[] = [];
  const rated = ratingOf(fields, map);
  if (typeof rated === 'string') return rated;
  if (rated !== null) signals.push(present({ ...rated, comment }));
  const flag = textOf(fields.flag)?.toLowerCase();
  if (flag !== undefined && !/^(false|no|0)$/.test(flag)) {
    const reason = flagReasons.find((known) => flag.includes(known)) ?? 'other';
    signals.push(present({ kind: 'flag', flag: reason, comment: rated === null ? comment : undefined }));
  }
  const corrected = textOf(fields.corrected);
  if (corrected !== undefined && corrected !== fields.response)
    signals.push({ kind: 'correction', corrected });
  if (fields.preferred !== undefined && fields.other_response !== undefined) {
    const preferred = preferredOf(fields.preferred);
    if (preferred === null) return `preferred "${textOf(fields.preferred)}" is none of this, other, tie`;
    const response = String(fields.other_response);
    const other = textOf(fields.other_response_id) ?? derivedId('response', [queryId, response]);
    signals.push({ kind: 'comparison', other: { response_id: other, response }, preferred });
  }
  if (comment !== undefined && !signals.some((signal) => 'comment' in signal)) {
    signals.push({ kind: 'comment', comment });
  }
  return signals;
}

function ratingOf(fields: Fields, { ratingScale }: ImportMap): JsonRecord | string | null {
  if (fields.stars !== undefined) return starsOf(fields.stars, [1, 5]);
  if (fields.thumb !== undefined) {
    const thumb = thumbOf(fields.thumb);
    return thumb ?? `thumb "${textOf(fields.thumb)}" is neither up nor down`;
  }
  if (fields.rating === undefined) return null;
  if (ratingScale !== null) return starsOf(fields.rating, ratingScale);
  const number = Number(fields.rating);
  if (Number.isNaN(number)) {
    return thumbOf(fields.rating) ?? `rating "${textOf(fields.rating)}" is neither up nor down`;
  }
  return `rating ${number} may be a thumb or stars: name its column as thumb, or say rating.scale in --map`;
}

/** Five stars for the highest value of the scale, one for the lowest, linear in between. */
function starsOf(value: unknown, [lowest, highest]: readonly [number, number]): JsonRecord | string {
  const number = Number(value);
  if (!(number >= lowest && number <= highest)) {
    return `"${textOf(value)}" is not on the scale ${lowest} to ${highest}`;
  }
  return { kind: 'stars', stars: 1 + Math.round((4 * (number - lowest)) / (highest - lowest)) };
}

function thumbOf(value: unknown): JsonRecord | null {
  const word = plain(String(value));
  if (up.has(word)) return { kind: 'thumb', thumb: 'up' };
  return down.has(word) ? { kind: 'thumb', thumb: 'down' } : null;
}

function preferredOf(value: unknown): 'this' | 'other' | 'tie' | null {
  const word = plain(String(value));
  if (/^(this|a|response_a|1|first|left)$/.test(word)) return 'this';
  if (/^(other|b|response_b|2|second|right)$/.test(word)) return 'other';
  return /^(tie|equal|same|both|draw|0)$/.test(word) ? 'tie' : null;
}

function queryOf(value: unknown): unknown {
  return Array.isArray(value) ? value : textOf(value);
}

function unclearTime(value: unknown): string {
  return `time "${String(value).slice(0, 40)}" has no offset or is none: write it with one, or say assume_utc in --map`;
}

function plain(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[\s-]+(?=\D)/g, '_');
}
