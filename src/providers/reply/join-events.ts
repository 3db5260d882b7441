import { isObject, type JsonObject } from './json-shape.ts';

type Writable = Record<string, unknown>;

/** Fields that a stream sends in pieces. */
const pieces: ReadonlySet<string> = new Set([
  'content',
  'text',
  'reasoning_content',
  'reasoning',
  'thinking',
  'refusal',
  'arguments',
  'response',
]);
const deepest = 12;
/** Choices or tool calls of one reply; a longer list is searched no further, so that joining stays linear. */
const mostIndexed = 64;

/**
 * One reply from the events of a stream that was not asked for: chunks of chat completions, of Ollama or Gemini, or
 * Anthropic's events. In linear time. An event that is an error is the reply.
 */
export function joinEvents(events: readonly unknown[]): unknown {
  const objects = events.filter(isObject);
  if (objects.length <= 1) return objects[0];
  const failed = objects.find((event) => event.type === 'error' || isObject(event.error));
  if (failed !== undefined) return failed;
  const response = objects.findLast((event) => isObject(event.response) && 'output' in event.response);
  if (response !== undefined) return response.response;
  if (objects.some(({ type }) => type === 'message_start')) return anthropicMessage(objects);
  const joined: Writable = {};
  for (const event of objects) merge(joined, event, 0);
  return joined;
}

function merge(into: Writable, from: JsonObject, depth: number): void {
  if (depth > deepest) return;
  for (const [key, value] of Object.entries(from)) {
    if (value === undefined || value === null) continue;
    const before = Object.hasOwn(into, key) ? into[key] : undefined;
    if (typeof before === 'string' && typeof value === 'string' && pieces.has(key)) {
      set(into, key, before + value);
    } else if (Array.isArray(before) && Array.isArray(value)) {
      mergeList(before, value, depth);
    } else if (isObject(before) && isObject(value)) {
      merge(before, value, depth + 1);
    } else {
      set(into, key, value);
    }
  }
}

/** Entries with an index are pieces of the entry of that index; others follow one another. */
function mergeList(into: unknown[], from: readonly unknown[], depth: number): void {
  for (const entry of from) {
    const same =
      isObject(entry) && typeof entry.index === 'number' && into.length <= mostIndexed
        ? into.find((other) => isObject(other) && other.index === entry.index)
        : undefined;
    if (isObject(same) && isObject(entry)) merge(same, entry, depth + 1);
    else into.push(entry);
  }
}

function anthropicMessage(events: readonly JsonObject[]): JsonObject {
  const message: Writable = { type: 'message' };
  const blocks: Writable[] = [];
  for (const event of events) {
    const { type, message: start, content_block: block, delta, index, usage } = event;
    if (type === 'message_start' && isObject(start)) merge(message, start, 0);
    if (type === 'message_delta' && isObject(delta)) merge(message, delta, 0);
    if (isObject(usage)) merge(message, { usage }, 0);
    if (type === 'content_block_start' && isObject(block)) blocks.push({ ...block, at: index });
    const open = blocks.findLast(({ at }) => at === index);
    if (type !== 'content_block_delta' || !isObject(delta) || open === undefined) continue;
    if (typeof delta.partial_json === 'string') {
      open.input = (typeof open.input === 'string' ? open.input : '') + delta.partial_json;
    } else {
      const { type: _, ...piece } = delta;
      merge(open, piece, 0);
    }
  }
  return { ...message, content: blocks };
}

/** As an own field, whatever its name. */
function set(into: Writable, key: string, value: unknown): void {
  Object.defineProperty(into, key, { value, writable: true, enumerable: true, configurable: true });
}
