import { derivedId, momentOf } from './derive.ts';
import { asRecord, type Mapped, present, type RecordMapper, textOf, unusable } from './import-record.ts';

/** Maps a line of AnythingLLM's chat export (CSV or JSON). Every line is a served response; a rating of GOOD or BAD is a thumb.
 * The export has neither session nor model: each line is its own session, and the model version must be given. The rating is
 * part of the event id, so that a changed rating is another event.
 */
export const mapAnythingLlm: RecordMapper = (record, _facts, { source, modelVersion, author }): Mapped => {
  if (Array.isArray(record.messages)) {
    return unusable('the JSONL export of AnythingLLM has no ratings: export CSV or JSON');
  }
  const chat = textOf(record.id);
  const workspace = textOf(record.workspace);
  const responseId = chat === undefined ? undefined : `${source}:${chat}`;
  const served = present({
    session_id: responseId === undefined ? undefined : derivedId('session', [responseId]),
    query_id: responseId,
    response_id: responseId,
    query: textOf(record.prompt),
    response: typeof record.response === 'string' ? record.response : textOf(asRecord(record.response).text),
    model_version: modelVersion,
    settings: present({ workspace }),
    at: momentOf(record.sent_at),
    source,
    author: textOf(record.username) ?? author,
  });
  const rating = textOf(record.rating)?.toUpperCase();
  const thumb = { GOOD: 'up', BAD: 'down' }[rating ?? ''];
  if (rating !== undefined && rating !== '--' && thumb === undefined)
    return unusable(`rating "${rating}" is unknown`);
  const event = { ...served, id: `${responseId}:${rating}`, author_kind: 'end_user', kind: 'thumb', thumb };
  return { events: thumb === undefined ? [] : [event], interactions: [served] };
};
