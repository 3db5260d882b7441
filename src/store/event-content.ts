import { createHash } from 'node:crypto';
import type { FeedbackEvent } from '../domain/feedback-event.ts';
import { subjectOf } from '../domain/feedback-subject.ts';
import type { Interaction } from '../domain/interaction.ts';
import { canonicalJson } from '../files/content-hash.ts';

/** What every signal about one response shares: kept once. */
export type ServedContext = Pick<
  FeedbackEvent,
  'session_id' | 'query_id' | 'response_id' | 'query' | 'response' | 'model_version' | 'settings'
>;

/** An event or interaction in two parts that make it up again, with what it is recognised by. */
export interface EventContent<Own> {
  readonly context: ServedContext;
  readonly contextHash: Buffer;
  /** Everything but context and author. */
  readonly own: Own;
  /** Over everything but the author: the pseudonym of one person changes when keys are rotated. */
  readonly hash: Buffer;
}

export type OwnOfEvent = Omit<FeedbackEvent, keyof ServedContext | 'author'>;
export type OwnOfInteraction = Omit<Interaction, keyof ServedContext | 'author'>;

export function contentOf(event: FeedbackEvent): EventContent<OwnOfEvent>;
export function contentOf(interaction: Interaction): EventContent<OwnOfInteraction>;
export function contentOf(record: FeedbackEvent | Interaction): EventContent<OwnOfEvent | OwnOfInteraction> {
  const { session_id, query_id, response_id, query, response, model_version, settings, ...rest } = record;
  const context = { session_id, query_id, response_id, query, response, model_version, settings };
  const { author: _, ...own } = rest;
  // what the configuration said about it that day is not what it says
  const { unknown_model: __, ...said } = own as OwnOfEvent & { unknown_model?: true };
  const contextHash = digest([
    JSON.stringify([session_id, query_id, response_id, response, model_version]),
    typeof query === 'string' ? query : canonicalJson(query),
    canonicalJson(settings),
  ]);
  return { context, contextHash, own, hash: digest([contextHash.toString('latin1'), canonicalJson(said)]) };
}

/** Of the events that share this, one is in force. */
export function claimOf(event: FeedbackEvent): Buffer {
  return digest([event.author, event.kind, subjectOf(event)]);
}

/** By what an erased id is recognised: the id itself may tell who it was. */
export function tombstoneOf(id: string): Buffer {
  return digest([id]);
}

/** True when two pseudonyms are of two people for sure: under one key, and different. */
export function isOtherAuthor(a: string | undefined, b: string | undefined): boolean {
  return a !== b && keyOf(a) === keyOf(b);
}

function keyOf(pseudonym: string | undefined): string {
  return pseudonym === undefined ? '' : pseudonym.slice(0, pseudonym.indexOf(':') + 1);
}

/** 128 bits; where one part ends is part of it. */
function digest(parts: readonly string[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest().subarray(0, 16);
}
