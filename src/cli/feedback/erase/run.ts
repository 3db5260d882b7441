import { openFeedbackStore } from '../../../app/open-feedback-store.ts';
import { systemClock } from '../../../app/system-clock.ts';
import { readAuthorKeys } from '../../../feedback/intake/author-keys.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { type CommandIo, line, note } from '../../io.ts';

export interface EraseFlags {
  readonly author: string;
  readonly store: string;
  readonly json?: boolean;
}

/** Erases the person under the pseudonym of every key, so that a rotation of keys hides nobody. */
export async function erasePerson(io: CommandIo, flags: EraseFlags): Promise<ExitCode> {
  const keys = readAuthorKeys(io.env);
  const store = await openFeedbackStore(flags.store, io.cwd, { mustExist: true });
  const sum = { events: 0, interactions: 0, redacted: 0 };
  const datasets = new Set<string>();
  try {
    const at = new Date(systemClock.now()).toISOString();
    for (const pseudonym of keys.allPseudonymsOf(flags.author)) {
      const erasure = await store.erase(pseudonym, at);
      sum.events += erasure.events;
      sum.interactions += erasure.interactions;
      sum.redacted += erasure.redacted;
      for (const dataset of erasure.datasets) datasets.add(dataset);
    }
  } finally {
    await store.close();
  }
  const named = [...datasets].sort();
  if (flags.json === true) line(io, JSON.stringify({ ...sum, datasets: named }, null, 2));
  else {
    line(
      io,
      `erased ${sum.events} events and ${sum.interactions} interactions; query and response removed from ${sum.redacted} events of others`,
    );
    for (const dataset of named) line(io, `in an exported dataset: ${dataset}`);
  }
  if (named.length > 0)
    note(io, 'These datasets, and models trained on them, still contain it: export anew.');
  return exitCodes.ok;
}
