import { resolve } from 'node:path';
import { explainItem } from '../../app/explain-item.ts';
import { loadJobWith } from '../../app/load-plugin.ts';
import { findRow } from '../../datasets/find-row.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line, note } from '../io.ts';
import { explanationLines } from './text.ts';

export interface ExplainFlags {
  readonly job: string;
  readonly plugin?: readonly string[];
  readonly rater?: string;
  readonly full?: boolean;
  readonly json?: boolean;
  /** A folder that `quorate export` wrote; the id is then that of a row. */
  readonly dataset?: string;
}

export async function runExplain(io: CommandIo, id: string, flags: ExplainFlags): Promise<ExitCode> {
  let item = id;
  if (flags.dataset !== undefined) {
    const row = await findRow(resolve(io.cwd, flags.dataset), id);
    item = row.meta.item;
    const { events = [] } = row.meta;
    note(io, `${id}: row ${row.line} of ${row.split}, item ${item}, source ${row.meta.source}`);
    if (events.length > 0) {
      // no judge voted on it: the feedback store knows the rest
      note(io, `made from the feedback events ${events.join(', ')}`);
      if (flags.json === true) line(io, JSON.stringify(row, null, 2));
      return exitCodes.ok;
    }
  }
  const job = await loadJobWith(flags.job, flags.plugin, io);
  const explanation = await explainItem(job, item, flags.rater);
  if (flags.json === true) line(io, JSON.stringify(explanation, null, 2));
  else for (const text of explanationLines(explanation, flags.full === true)) line(io, text);
  return exitCodes.ok;
}
