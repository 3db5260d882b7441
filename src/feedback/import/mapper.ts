import type { ImportMap } from '../../domain/import-map.ts';
import { derivedId, momentOf } from './derive.ts';
import { genericMapper } from './generic.ts';
import {
  asRecord,
  type ImportRecord,
  type Mapped,
  present,
  type RecordMapper,
  textOf,
  unusable,
} from './import-record.ts';
import { mapOpenWebUi } from './open-webui.ts';
import { mapPromptfoo } from './promptfoo.ts';

export const importFormats = ['events', 'open-webui', 'anythingllm', 'promptfoo', 'generic'] as const;
export type ImportFormat = (typeof importFormats)[number];

export function mapperFor(format: ImportFormat, map: ImportMap): RecordMapper {
  switch (format) {
    case 'events':
      return mapEvent;
    case 'open-webui':
      return mapOpenWebUi;
    case 'anythingllm':
      return mapAnythingLlm;
    case 'promptfoo':
      return mapPromptfoo;
    case 'generic':
      return genericMapper(map);
  }
}

/** Detects the format of a file from the distinctive fields of its first records. */
export function detectFormat(first: readonly ImportRecord[]): ImportFormat {
  const record = first.flatMap((one) => ('record' in one ? [one.record] : []))[0] ?? {};
  const has = (...keys: readonly string[]) => keys.every((key) => key in record);
  if (has('kind', 'response_id') || has('response_id', 'session_id', 'query', 'response', 'settings'))
    return 'events';
  if (has('meta', 'snapshot') && 'rating' in asRecord(record.data)) return 'open-webui';
  if (has('gradingResult', 'promptIdx') || has('gradingResult', 'vars')) return 'promptfoo';
  if (has('workspace', 'prompt', 'response', 'sent_at')) return 'anythingllm';
  const messages = record.messages;
  if (Array.isArray(messages) && Object.keys(record).length === 1) return 'anythingllm';
  return 'generic';
}

/** Lines that already are events or interactions; an interaction has no kind. */
const mapEvent: RecordMapper = (record, _facts, { source, modelVersion, author }) => {
  const filled = present({ source, model_version: modelVersion, author, ...record });
  return 'kind' in record ? { events: [filled], interactions: [] } : { events: [], interactions: [filled] };
};

/** Maps a line of AnythingLLM's chat export (CSV or JSON). Every line is a served response; a rating of GOOD or BAD is a thumb.
 * The export has neither session nor model: each line is its own session, and the model version must be given. The rating is
 * part of the event id, so that a changed rating is another event.
 */
const mapAnythingLlm: RecordMapper = (record, _facts, { source, modelVersion, author }): Mapped => {
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
