import type { Erasure, Expiry } from '../../../ports/feedback-store.ts';
import { type ServedContext, tombstoneOf, withoutWords } from '../../event-content.ts';
import type { FeedbackStatements } from './statements.ts';

interface Tombstone {
  readonly at: string;
  readonly datasets: readonly string[];
}

/** Inside a transaction: removes all data of one author, keeps the author's row as a tombstone. */
export function eraseAuthor(
  sql: FeedbackStatements,
  author: number,
  at: string,
  before: string | null,
): Erasure {
  const events = sql.eventsOfAuthor.all(author);
  const interactions = sql.interactionsOfAuthor.all(author);
  const earlier = before === null ? [] : (JSON.parse(before) as Tombstone).datasets;
  const datasets = [...new Set([...earlier, ...sql.datasetsOf.all(author).map(({ dataset }) => dataset)])];
  for (const { id } of events) sql.addTombstone.run(tombstoneOf(id));
  for (const { responseId } of interactions) sql.addTombstone.run(tombstoneOf(responseId));
  sql.dropDecisions.run(JSON.stringify(events.map(({ seq }) => seq)));
  sql.dropEventsOfAuthor.run(author);
  sql.dropInteractionsOfAuthor.run(author);
  sql.dropExportedOfAuthor.run(author);
  sql.dropUnusedContexts.run(JSON.stringify([...events, ...interactions].map(({ context }) => context)));
  let redacted = 0;
  for (const context of sql.contextsOfResponses.all(
    JSON.stringify(interactions.map(({ responseId }) => responseId)),
  )) {
    sql.setContext.run(JSON.stringify(withoutWords(JSON.parse(context.body) as ServedContext)), context.id);
    redacted += context.events;
  }
  const tombstone: Tombstone = { at, datasets: datasets.sort() };
  sql.setErasure.run(JSON.stringify(tombstone), author);
  return { events: events.length, interactions: interactions.length, redacted, datasets: tombstone.datasets };
}

export function countExpired(sql: FeedbackStatements, { part, before }: Expiry): number {
  const beforeMs = Date.parse(before);
  if (part === 'interactions') return sql.countOldInteractions.get(beforeMs)!.count;
  if (part === 'comments beside signals') return sql.countOldComments.get(beforeMs)!.count;
  return sql.countOldEvents.get(JSON.stringify(part.events), beforeMs)!.count;
}

/** Inside a transaction. */
export function expire(sql: FeedbackStatements, { part, before }: Expiry, at: string): number {
  const beforeMs = Date.parse(before);
  let count: number;
  if (part === 'interactions') count = sql.dropOldInteractions.run(beforeMs).changes;
  else if (part === 'comments beside signals') count = sql.dropOldComments.run(beforeMs).changes;
  else {
    const kinds = JSON.stringify(part.events);
    sql.dropOldDecisions.run(kinds, beforeMs);
    count = sql.dropOldEvents.run(kinds, beforeMs).changes;
  }
  if (count === 0) return 0;
  sql.dropLooseContexts.run();
  sql.logRemoval.run(JSON.stringify(part), before, count, at);
  return count;
}
