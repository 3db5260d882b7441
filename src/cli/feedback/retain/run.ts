import { openFeedbackStore } from '../../../app/open-feedback-store.ts';
import { systemClock } from '../../../app/system-clock.ts';
import { loadFeedbackSettings } from '../../../config/feedback/load-feedback-settings.ts';
import { kindsOfClass, retentionClasses } from '../../../domain/retention.ts';
import type { Expiry } from '../../../ports/feedback-store.ts';
import { textTable } from '../../../reports/text/text-table.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { type CommandIo, line } from '../../io.ts';

export interface RetainFlags {
  readonly store: string;
  readonly settings?: string;
  readonly dryRun?: boolean;
  readonly log?: boolean;
  readonly json?: boolean;
}

const dayMs = 86_400_000;

export async function retainEvents(io: CommandIo, flags: RetainFlags): Promise<ExitCode> {
  const { retention } = await loadFeedbackSettings(flags.settings, io.cwd);
  const store = await openFeedbackStore(flags.store, io.cwd, { mustExist: true });
  try {
    const nowMs = systemClock.now();
    const at = new Date(nowMs).toISOString();
    if (flags.log === true) {
      for (const removal of await store.removals()) {
        const { part, before, count } = removal;
        const what = typeof part === 'string' ? part : part.events.join(', ');
        line(
          io,
          flags.json === true
            ? JSON.stringify(removal)
            : `${removal.at}  ${count} removed from before ${before}: ${what}`,
        );
      }
      return exitCodes.ok;
    }
    const rows = [];
    for (const name of retentionClasses) {
      const days = retention[name];
      let removed = 0;
      if (days !== null) {
        const before = new Date(nowMs - days * dayMs).toISOString();
        const parts: Expiry['part'][] =
          name === 'interactions' ? ['interactions'] : [{ events: kindsOfClass[name] }];
        if (name === 'comments') parts.push('comments beside signals');
        for (const part of parts) {
          const expiry = { part, before };
          removed +=
            flags.dryRun === true ? await store.countExpired(expiry) : await store.expire(expiry, at);
        }
      }
      rows.push({ class: name, days, removed });
    }
    if (flags.json === true)
      line(io, JSON.stringify({ dry_run: flags.dryRun === true, classes: rows }, null, 2));
    else {
      line(
        io,
        textTable(rows, [
          { title: 'class', text: (row) => row.class },
          { title: 'kept for days', right: true, text: (row) => String(row.days ?? 'forever') },
          {
            title: flags.dryRun === true ? 'would be removed' : 'removed',
            right: true,
            text: (row) => String(row.removed),
          },
        ]),
      );
    }
    return exitCodes.ok;
  } finally {
    await store.close();
  }
}
