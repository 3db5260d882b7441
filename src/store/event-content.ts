import { hash } from 'node:crypto';
import { StoreError } from '../domain/errors.ts';
import { erasedText, type FeedbackEvent, type Interaction, subjectOf } from '../domain/feedback-event.ts';

/** The part that all signals about one response share; stored once. */
export type ServedContext = Pick<
  FeedbackEvent,
  'session_id' | 'query_id' | 'response_id' | 'query' | 'response' | 'model_version' | 'settings'
>;

/** An event or interaction, split into two parts, with its fingerprints. */
export interface EventContent {
  /** `ServedContext` as JSON with sorted keys. */
  readonly context: string;
  readonly contextHash: Buffer;
  /** Everything but context and author, as JSON with sorted keys. */
  readonly own: string;
  /** Over everything but the author: the pseudonym of one person changes when keys are rotated. */
  readonly hash: Buffer;
}

export function contentOf(record: FeedbackEvent | Interaction): EventContent {
  const { session_id, query_id, response_id, query, response, model_version, settings, ...rest } = record;
  const { author: _, ...own } = rest;
  const context = JSON.stringify({
    session_id,
    query_id,
    response_id,
    query: sorted(query),
    response,
    model_version,
    settings: sorted(settings),
  });
  const contextHash = digest(context);
  const ownText = JSON.stringify(sorted(own));
  // the configuration's mark at arrival is not part of the content
  const said =
    'unknown_model' in own ? JSON.stringify(sorted({ ...own, unknown_model: undefined })) : ownText;
  return { context, contextHash, own: ownText, hash: digest(contextHash.toString('hex') + said) };
}

/** Canonical JSON: keys sorted at every depth. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const record = value as Record<string, unknown>;
  return Object.fromEntries(
    Object.keys(record)
      .sort()
      .map((key) => [key, sorted(record[key])]),
  );
}

/** Of the events that share this, one is in force. */
export function claimOf(event: FeedbackEvent): Buffer {
  return digest(`${event.author}\n${event.kind}\n${subjectOf(event)}`);
}

/** Fingerprint of an erased id: the id itself may identify a person. */
export function tombstoneOf(id: string): Buffer {
  return digest(id);
}

/** True if two pseudonyms certainly belong to different authors: same key, different value. */
export function isOtherAuthor(a: string | undefined, b: string | undefined): boolean {
  return a !== b && keyOf(a) === keyOf(b);
}

function keyOf(pseudonym: string | undefined): string {
  return pseudonym === undefined ? '' : pseudonym.slice(0, pseudonym.indexOf(':') + 1);
}

/** 128 bits of SHA-256. */
function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer').subarray(0, 16);
}

/** The error for continuing an undone cleaning. */
export function cleaningIsUndone(cleaning: string): StoreError {
  return new StoreError(`cleaning "${cleaning}" was undone`, { hint: 'clean again under a new name' });
}

/** The context without prompt and response. */
export function withoutWords(context: ServedContext): ServedContext {
  return { ...context, query: erasedText, response: erasedText, settings: {} };
}
