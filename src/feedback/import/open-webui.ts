import type { JsonRecord } from '../../files/read-records.ts';
import { momentOf } from './derive.ts';
import {
  asRecord,
  type Mapped,
  present,
  type RecordMapper,
  skip,
  textOf,
  unusable,
} from './import-record.ts';

/** Maps a record of Open WebUI's feedback export (Admin > Evaluations > Feedbacks): the rating with a snapshot of the chat. The
 * chat is the session, the rated message the response, its parent the query. The id contains the time of the last change, so
 * that a changed rating is a later event. A detailed rating of 1 to 10 becomes 1 to 5 stars; sibling responses in the snapshot
 * become comparisons.
 */
export const mapOpenWebUi: RecordMapper = (record, _facts, { source, modelVersion }): Mapped => {
  const data = asRecord(record.data);
  const meta = asRecord(record.meta);
  const rating = Number(data.rating ?? Number.NaN);
  const stars = Number(asRecord(data.details).rating ?? asRecord(record.details).rating ?? Number.NaN);
  const remark = [textOf(data.reason)?.replaceAll('_', ' '), textOf(data.comment)]
    .filter((part) => part !== undefined)
    .join(': ');
  const messages = messagesOf(record);
  const messageId = textOf(meta.message_id);
  if (messageId === undefined) return unusable('meta.message_id is missing');
  const message = messages.get(messageId);
  if (message === undefined) return unusable(`the snapshot has no message ${messageId}`);
  const parent = messages.get(String(message.parentId));
  const changed = record.updated_at ?? record.created_at;
  const base = present({
    session_id: textOf(meta.chat_id),
    query_id: textOf(message.parentId),
    response_id: messageId,
    query: parent === undefined ? undefined : conversationTo(parent, messages),
    response: typeof message.content === 'string' ? message.content : undefined,
    model_version: modelVersion ?? textOf(data.model_id) ?? textOf(message.model),
    settings: asRecord(chatOf(record).params),
    at: momentOf(changed),
    source,
    author_kind: 'end_user',
    author: textOf(record.user_id),
    category: textOf((data.tags as unknown[] | undefined)?.[0]),
  });
  const id = (name: string) => `${String(record.id)}@${String(changed)}:${name}`;
  const events: JsonRecord[] = [];
  const comment = remark === '' ? undefined : remark;
  if (rating === 1 || rating === -1) {
    const thumb = rating === 1 ? 'up' : 'down';
    events.push(present({ ...base, id: id('thumb'), kind: 'thumb', thumb, comment }));
    for (const sibling of siblingsOf(message, messages)) {
      events.push({
        ...base,
        id: id(`over-${String(sibling.id)}`),
        kind: 'comparison',
        other: present({
          response_id: textOf(sibling.id),
          response: sibling.content,
          model_version: textOf(sibling.model),
        }),
        preferred: rating === 1 ? 'this' : 'other',
      });
    }
  } else if (comment !== undefined) events.push({ ...base, id: id('comment'), kind: 'comment', comment });
  if (stars >= 1 && stars <= 10)
    events.push({ ...base, id: id('stars'), kind: 'stars', stars: Math.ceil(stars / 2) });
  return events.length === 0 ? skip('no rating') : { events, interactions: [] };
};

function chatOf(record: JsonRecord): JsonRecord {
  const chat = asRecord(asRecord(record.snapshot).chat);
  // the nesting of the chat depends on the version
  return [asRecord(chat.chat), chat, asRecord(record.snapshot)].find((one) => 'history' in one) ?? {};
}

function messagesOf(record: JsonRecord): ReadonlyMap<string, JsonRecord> {
  const messages = asRecord(chatOf(record).history).messages;
  const list = Array.isArray(messages) ? messages : Object.values(asRecord(messages));
  return new Map(list.map(asRecord).map((message) => [String(message.id), message]));
}

/** The turns that led to the response; a single user turn is its text. */
function conversationTo(last: JsonRecord, messages: ReadonlyMap<string, JsonRecord>): unknown {
  const turns: { role: unknown; content: unknown }[] = [];
  const seen = new Set<JsonRecord>();
  for (
    let turn: JsonRecord | undefined = last;
    turn !== undefined && !seen.has(turn);
    turn = messages.get(String(turn.parentId))
  ) {
    seen.add(turn);
    turns.unshift({ role: turn.role, content: turn.content });
  }
  return turns.length === 1 && turns[0]!.role === 'user' ? turns[0]!.content : turns;
}

/** Responses of other models to the same query, if they were compared. */
function siblingsOf(message: JsonRecord, messages: ReadonlyMap<string, JsonRecord>): JsonRecord[] {
  return [...messages.values()].filter(
    (other) =>
      other !== message &&
      other.parentId === message.parentId &&
      other.role === 'assistant' &&
      other.model !== message.model &&
      typeof other.content === 'string',
  );
}
