import type { Alert } from '../../domain/routing.ts';
import type { AlertOutbox } from '../../ports/alerts.ts';
import { openDatabase } from './open-database.ts';

const migrations = [
  `CREATE TABLE alerts (
    seq INTEGER PRIMARY KEY,
    alert TEXT NOT NULL,
    channel TEXT NOT NULL,
    body TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    next_ms INTEGER NOT NULL DEFAULT 0,
    sent_ms INTEGER,
    failure TEXT,
    UNIQUE (alert, channel)
  ) STRICT;
  CREATE INDEX waiting ON alerts (next_ms) WHERE sent_ms IS NULL;`,
];

/** SQLite application id: "QrAl". */
const alertsKind = 0x5172416c;

interface WaitingRow {
  readonly body: string;
  readonly channel: string;
  readonly tries: number;
}

/** The alert outbox in its own SQLite file. @throws StoreError */
export function openSqliteAlertOutbox(file: string): AlertOutbox {
  const database = openDatabase({ file, migrations, kind: alertsKind });
  const insert = database.prepare(
    'INSERT INTO alerts (alert, channel, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const due = database.prepare(
    `SELECT body, channel, tries FROM alerts WHERE sent_ms IS NULL AND next_ms <= ?
     AND channel IN (SELECT value FROM json_each(?)) ORDER BY seq LIMIT ?`,
  );
  const sent = database.prepare(
    'UPDATE alerts SET sent_ms = ?, failure = NULL WHERE alert = ? AND channel = ?',
  );
  const failed = database.prepare(
    'UPDATE alerts SET tries = tries + 1, failure = ?, next_ms = ? WHERE alert = ? AND channel = ?',
  );
  const waiting = database.prepare('SELECT count(*) FROM alerts WHERE sent_ms IS NULL').pluck();
  const addAll = database.transaction((alerts: readonly Alert[], channels: readonly string[]) => {
    let added = 0;
    for (const alert of alerts) {
      const body = JSON.stringify(alert);
      const changes = channels.map((channel) => insert.run(alert.id, channel, body).changes);
      if (changes.includes(1)) added += 1;
    }
    return added;
  });
  return {
    add: async (alerts, channels) => addAll.immediate(alerts, channels),
    due: async (channels, nowMs, limit) =>
      (due.all(nowMs, JSON.stringify(channels), limit) as WaitingRow[]).map(({ body, channel, tries }) => ({
        alert: JSON.parse(body) as Alert,
        channel,
        tries,
      })),
    markSent: async (alert, channel, atMs) => void sent.run(atMs, alert, channel),
    markFailed: async (alert, channel, reason, nextMs) => void failed.run(reason, nextMs, alert, channel),
    countWaiting: async () => waiting.get() as number,
    close: async () => void database.close(),
  };
}
