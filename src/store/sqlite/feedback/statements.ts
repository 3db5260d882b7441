import type { Database, Statement } from 'better-sqlite3';

export type FeedbackStatements = ReturnType<typeof prepareFeedbackStatements>;

/** The decision in force: the last one of a cleaning that was not undone. */
const inForce = `d.seq = (
  SELECT d2.seq FROM decisions d2 JOIN cleanings c2 ON c2.id = d2.cleaning
  WHERE d2.event = e.seq AND c2.undone = 0 ORDER BY d2.seq DESC LIMIT 1)`;

const eventColumns = `e.seq, e.id, e.received_ms AS receivedMs, e.superseded_by AS supersededBy, e.own,
  a.pseudonym AS author, e.context AS contextId, c.body AS context,
  d.stage, d.weight, d.reasons, d.at AS decidedAt, cl.name AS cleaning
  FROM events e JOIN authors a ON a.id = e.author JOIN contexts c ON c.id = e.context
  LEFT JOIN decisions d ON ${inForce} LEFT JOIN cleanings cl ON cl.id = d.cleaning`;

const interactionColumns = `i.seq, i.own, a.pseudonym AS author, i.context AS contextId, c.body AS context
  FROM interactions i JOIN contexts c ON c.id = i.context LEFT JOIN authors a ON a.id = i.author`;

/** Bound to: after, upTo, sinceMs, untilMs, model, model, arm, arm. */
const eventsInWindow = `e.seq > ? AND e.seq <= ? AND e.at_ms >= ? AND e.at_ms < ? AND (? IS NULL OR e.model = ?)
  AND (? IS NULL OR EXISTS (
    SELECT 1 FROM interactions i JOIN contexts ic ON ic.id = e.context
    WHERE i.response_id = ic.response_id AND i.arm = ?))`;
const interactionsInWindow = `i.seq > ? AND i.seq <= ? AND i.at_ms >= ? AND i.at_ms < ?
  AND (? IS NULL OR i.model = ?) AND (? IS NULL OR i.arm = ?)`;

/** Bound to: kinds as a JSON list, before. */
const oldEvents = 'kind IN (SELECT value FROM json_each(?)) AND at_ms < ?';
const oldComments = `kind <> 'comment' AND at_ms < ? AND own ->> '$.comment' IS NOT NULL`;

/** Every SQL statement of the feedback store, prepared once. Values are bound, never pasted. */
export function prepareFeedbackStatements(database: Database) {
  const write = (sql: string): Statement<unknown[]> => database.prepare(sql);
  const read = <Row>(sql: string): Statement<unknown[], Row> => database.prepare<unknown[], Row>(sql);
  return {
    isTombstone: read<{ hash: Buffer }>('SELECT hash FROM tombstones WHERE hash = ?'),
    addTombstone: write('INSERT INTO tombstones (hash) VALUES (?) ON CONFLICT DO NOTHING'),
    authorOf: read<AuthorRow>('SELECT id, erasure FROM authors WHERE pseudonym = ?'),
    addAuthor: write('INSERT INTO authors (pseudonym) VALUES (?)'),
    setErasure: write('UPDATE authors SET erasure = ? WHERE id = ?'),
    contextOf: read<{ id: number }>('SELECT id FROM contexts WHERE response_id = ? AND hash = ?'),
    addContext: write('INSERT INTO contexts (response_id, hash, body) VALUES (?, ?, ?)'),
    anyTombstone: read<{ hash: Buffer }>('SELECT hash FROM tombstones LIMIT 1'),

    knownEvent: read<KnownRow>(
      'SELECT hash, (SELECT pseudonym FROM authors WHERE id = author) AS author FROM events WHERE id = ?',
    ),
    claimHolder: read<HolderRow>(
      'SELECT seq, id, at_ms AS atMs FROM events WHERE claim = ? AND superseded_by IS NULL',
    ),
    supersede: write('UPDATE events SET superseded_by = ? WHERE seq = ?'),
    addEvent: write(
      `INSERT INTO events (id, hash, claim, kind, at_ms, received_ms, model, author, context, own, superseded_by)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    eventById: read<EventRow>(`SELECT ${eventColumns} WHERE e.id = ?`),
    eventPage: read<EventRow>(`SELECT ${eventColumns} WHERE ${eventsInWindow} ORDER BY e.seq LIMIT ?`),
    lastEvent: read<{ seq: number | null }>('SELECT max(seq) AS seq FROM events'),

    knownInteraction: read<KnownRow>(
      `SELECT i.hash, a.pseudonym AS author FROM interactions i LEFT JOIN authors a ON a.id = i.author
       WHERE i.response_id = ?`,
    ),
    addInteraction: write(
      `INSERT INTO interactions (response_id, hash, at_ms, received_ms, model, arm, author, context, own)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    interactionById: read<InteractionRow>(`SELECT ${interactionColumns} WHERE i.response_id = ?`),
    interactionPage: read<InteractionRow>(
      `SELECT ${interactionColumns} WHERE ${interactionsInWindow} ORDER BY i.seq LIMIT ?`,
    ),
    lastInteraction: read<{ seq: number | null }>('SELECT max(seq) AS seq FROM interactions'),
    countInteractions: read<{ count: number }>(
      `SELECT count(*) AS count FROM interactions i WHERE ${interactionsInWindow}`,
    ),

    cleaningOf: read<{ id: number; undone: number }>('SELECT id, undone FROM cleanings WHERE name = ?'),
    addCleaning: write('INSERT INTO cleanings (name) VALUES (?)'),
    addDecision: write(
      `INSERT INTO decisions (event, cleaning, stage, weight, reasons, at)
       SELECT seq, ?, ?, ?, ?, ? FROM events WHERE id = ?`,
    ),
    decisionPage: read<DecisionRow>(
      `SELECT e.seq, e.id AS event, d.stage, d.weight, d.reasons, d.at AS decidedAt, cl.name AS cleaning
       FROM events e JOIN decisions d ON ${inForce} JOIN cleanings cl ON cl.id = d.cleaning
       WHERE e.seq > ? AND e.seq <= ? ORDER BY e.seq LIMIT ?`,
    ),
    countDecisions: read<{ count: number }>('SELECT count(*) AS count FROM decisions WHERE cleaning = ?'),
    undo: write('UPDATE cleanings SET undone = 1 WHERE id = ?'),

    exportOf: read<{ id: number }>('SELECT id FROM exports WHERE dataset = ?'),
    addExport: write('INSERT INTO exports (dataset) VALUES (?)'),
    addExported: write(
      `INSERT INTO exported (author, export, event) SELECT author, ?, seq FROM events WHERE id = ?
       ON CONFLICT DO NOTHING`,
    ),
    datasetsOf: read<{ dataset: string }>(
      `SELECT DISTINCT dataset FROM exported JOIN exports ON exports.id = exported.export
       WHERE author = ? ORDER BY dataset`,
    ),

    eventsOfAuthor: read<{ seq: number; id: string; context: number }>(
      'SELECT seq, id, context FROM events WHERE author = ?',
    ),
    interactionsOfAuthor: read<{ responseId: string; context: number }>(
      'SELECT response_id AS responseId, context FROM interactions WHERE author = ?',
    ),
    dropDecisions: write('DELETE FROM decisions WHERE event IN (SELECT value FROM json_each(?))'),
    dropEventsOfAuthor: write('DELETE FROM events WHERE author = ?'),
    dropInteractionsOfAuthor: write('DELETE FROM interactions WHERE author = ?'),
    dropExportedOfAuthor: write('DELETE FROM exported WHERE author = ?'),
    dropUnusedContexts: write(
      `DELETE FROM contexts WHERE id IN (SELECT value FROM json_each(?))
       AND NOT EXISTS (SELECT 1 FROM events WHERE context = contexts.id)
       AND NOT EXISTS (
         SELECT 1 FROM interactions i WHERE i.response_id = contexts.response_id AND i.context = contexts.id)`,
    ),
    contextsOfResponses: read<{ id: number; body: string; events: number }>(
      `SELECT id, body, (SELECT count(*) FROM events WHERE context = contexts.id) AS events
       FROM contexts WHERE response_id IN (SELECT value FROM json_each(?))`,
    ),
    countOldEvents: read<{ count: number }>(`SELECT count(*) AS count FROM events WHERE ${oldEvents}`),
    dropOldDecisions: write(
      `DELETE FROM decisions WHERE event IN (SELECT seq FROM events WHERE ${oldEvents})`,
    ),
    dropOldEvents: write(`DELETE FROM events WHERE ${oldEvents}`),
    countOldComments: read<{ count: number }>(`SELECT count(*) AS count FROM events WHERE ${oldComments}`),
    dropOldComments: write(`UPDATE events SET own = json_remove(own, '$.comment') WHERE ${oldComments}`),
    countOldInteractions: read<{ count: number }>(
      'SELECT count(*) AS count FROM interactions WHERE at_ms < ?',
    ),
    dropOldInteractions: write('DELETE FROM interactions WHERE at_ms < ?'),
    dropLooseContexts: write(
      `DELETE FROM contexts WHERE NOT EXISTS (SELECT 1 FROM events WHERE context = contexts.id)
       AND NOT EXISTS (
         SELECT 1 FROM interactions i WHERE i.response_id = contexts.response_id AND i.context = contexts.id)`,
    ),
    logRemoval: write('INSERT INTO removals (part, before, count, at) VALUES (?, ?, ?, ?)'),
    removals: read<{ part: string; before: string; count: number; at: string }>(
      'SELECT part, before, count, at FROM removals ORDER BY rowid',
    ),
    setContext: write('UPDATE contexts SET body = ? WHERE id = ?'),
  };
}

export interface AuthorRow {
  readonly id: number;
  /** Erasure as JSON, once this person was erased. */
  readonly erasure: string | null;
}

export interface KnownRow {
  readonly hash: Buffer;
  readonly author: string | null;
}

export interface HolderRow {
  readonly seq: number;
  readonly id: string;
  readonly atMs: number;
}

export interface DecisionColumns {
  readonly stage: string | null;
  readonly weight: number | null;
  readonly reasons: string | null;
  readonly decidedAt: string | null;
  readonly cleaning: string | null;
}

export interface DecisionRow extends DecisionColumns {
  readonly seq: number;
  readonly event: string;
}

export interface EventRow extends DecisionColumns {
  readonly seq: number;
  readonly id: string;
  readonly receivedMs: number;
  readonly supersededBy: string | null;
  readonly own: string;
  readonly author: string;
  readonly contextId: number;
  readonly context: string;
}

export interface InteractionRow {
  readonly seq: number;
  readonly own: string;
  readonly author: string | null;
  readonly contextId: number;
  readonly context: string;
}
