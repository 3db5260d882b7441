import { resolve } from 'node:path';
import { eraseAuthor } from '../../../app/feedback/erase-author.ts';
import { contextOf } from '../../app-context.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { type CommandIo, line, note } from '../../io.ts';

export interface EraseFlags {
  readonly author: string;
  readonly store: string;
  readonly json?: boolean;
}

export async function erasePerson(io: CommandIo, { author, store, json }: EraseFlags): Promise<ExitCode> {
  const erasure = await eraseAuthor(resolve(io.cwd, store), author, contextOf(io));
  const { events, interactions, redacted, datasets } = erasure;
  if (json === true) line(io, JSON.stringify(erasure, null, 2));
  else {
    line(
      io,
      `erased ${events} events and ${interactions} interactions; query and response removed from ${redacted} events of others`,
    );
    for (const dataset of datasets) line(io, `in an exported dataset: ${dataset}`);
  }
  if (datasets.length > 0)
    note(io, 'These datasets, and models trained on them, still contain it: export them again.');
  return exitCodes.ok;
}
