import type { FeedbackEvent, Interaction } from '../../../domain/feedback-event.ts';
import type { Arrival } from '../../../ports/feedback-store.ts';
import { claimOf, contentOf, type EventContent, isOtherAuthor, tombstoneOf } from '../../event-content.ts';
import type { FeedbackStatements, KnownRow } from './statements.ts';

/** An event with everything computed that needs no database, so that transactions stay short. */
export interface PreparedEvent {
  readonly event: FeedbackEvent;
  readonly content: EventContent;
  readonly claim: Buffer;
}

export function prepareEvent(event: FeedbackEvent): PreparedEvent {
  return { event, content: contentOf(event), claim: claimOf(event) };
}

/** Inside a transaction: stores an event unless it is known or erased. */
export function eventArrives(sql: FeedbackStatements, prepared: PreparedEvent, receivedMs: number): Arrival {
  const { event, content, claim } = prepared;
  const known = sql.knownEvent.get(event.id);
  if (known !== undefined) return isSame(known, content.hash, event.author) ? 'repeated' : 'refused';
  if (isErased(sql, event.id)) return 'erased';
  const author = authorId(sql, event.author);
  if (author === null) return 'erased';
  const atMs = Date.parse(event.at);
  const holder = sql.claimHolder.get(claim);
  const supersedes = holder !== undefined && holder.atMs <= atMs;
  if (supersedes) sql.supersede.run(event.id, holder.seq);
  sql.addEvent.run(
    event.id,
    content.hash,
    claim,
    event.kind,
    atMs,
    receivedMs,
    event.model_version,
    author,
    contextId(sql, event.response_id, content),
    content.own,
    holder === undefined || supersedes ? null : holder.id,
  );
  return 'stored';
}

export interface PreparedInteraction {
  readonly interaction: Interaction;
  readonly content: EventContent;
}

export function prepareInteraction(interaction: Interaction): PreparedInteraction {
  return { interaction, content: contentOf(interaction) };
}

/** Inside a transaction: as `eventArrives`, for a response that was served. */
export function interactionArrives(
  sql: FeedbackStatements,
  { interaction, content }: PreparedInteraction,
  receivedMs: number,
): Arrival {
  const known = sql.knownInteraction.get(interaction.response_id);
  if (known !== undefined) return isSame(known, content.hash, interaction.author) ? 'repeated' : 'refused';
  if (isErased(sql, interaction.response_id)) return 'erased';
  const author = interaction.author === undefined ? undefined : authorId(sql, interaction.author);
  if (author === null) return 'erased';
  sql.addInteraction.run(
    interaction.response_id,
    content.hash,
    Date.parse(interaction.at),
    receivedMs,
    interaction.model_version,
    interaction.arm ?? null,
    author ?? null,
    contextId(sql, interaction.response_id, content),
    content.own,
  );
  return 'stored';
}

function isErased(sql: FeedbackStatements, id: string): boolean {
  return sql.anyTombstone.get() !== undefined && sql.isTombstone.get(tombstoneOf(id)) !== undefined;
}

function isSame(known: KnownRow, hash: Buffer, author: string | undefined): boolean {
  return known.hash.equals(hash) && !isOtherAuthor(known.author ?? undefined, author);
}

/** @returns null for an author who was erased. */
function authorId(sql: FeedbackStatements, pseudonym: string): number | null {
  const row = sql.authorOf.get(pseudonym);
  if (row !== undefined) return row.erasure === null ? row.id : null;
  return Number(sql.addAuthor.run(pseudonym).lastInsertRowid);
}

function contextId(
  sql: FeedbackStatements,
  responseId: string,
  { context, contextHash }: EventContent,
): number {
  const row = sql.contextOf.get(responseId, contextHash);
  if (row !== undefined) return row.id;
  return Number(sql.addContext.run(responseId, contextHash, context).lastInsertRowid);
}
