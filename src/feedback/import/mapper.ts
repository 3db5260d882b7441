import type { ImportMap } from '../../domain/import-map.ts';
import { mapAnythingLlm } from './anything-llm.ts';
import { genericMapper } from './generic.ts';
import { asRecord, type ImportRecord, present, type RecordMapper } from './import-record.ts';
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
