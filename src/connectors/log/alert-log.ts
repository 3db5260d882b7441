import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Notifier } from '../../ports/alerts.ts';

/** Appends each alert to a JSONL file; resolves once the line is durable. */
export function openAlertLog(file: string): Notifier {
  return {
    channel: 'log',
    async notify(alert) {
      await mkdir(dirname(file), { recursive: true });
      const handle = await open(file, 'a', 0o600);
      try {
        await handle.appendFile(`${JSON.stringify(alert)}\n`);
        await handle.sync();
      } finally {
        await handle.close();
      }
    },
  };
}
