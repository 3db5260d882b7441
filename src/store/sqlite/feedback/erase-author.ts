import type { Erasure } from '../../../ports/feedback-store.ts';
import { withoutWords } from '../../erased-text.ts';
import { type ServedContext, tombstoneOf } from '../../event-content.ts';
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
