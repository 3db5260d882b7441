import type { Expiry } from '../../../ports/feedback-store.ts';
import type { FeedbackStatements } from './statements.ts';

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
