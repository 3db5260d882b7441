import { existsSync } from 'node:fs';
import { InputError } from '../../domain/errors.ts';
import { failureCategories } from '../../domain/failure-category.ts';
import { actionKinds, type WorkItem, workItemStatuses } from '../../domain/routing.ts';
import { readRecords } from '../../files/read-records.ts';
import { RecordFields } from '../../files/record-fields.ts';

/** Reads the work items of an action file; empty if the file does not exist. @throws InputError naming the line */
export async function readWorkItems(file: string): Promise<WorkItem[]> {
  const items: WorkItem[] = [];
  if (!existsSync(file)) return items;
  for await (const { line, record } of readRecords(file)) {
    const fields = new RecordFields(file, line, record);
    fields.id('id');
    fields.oneOf('action', actionKinds);
    fields.oneOf('category', failureCategories);
    fields.oneOf('status', workItemStatuses);
    const evidence = record.evidence as { events?: unknown } | undefined;
    if (!Array.isArray(evidence?.events))
      throw new InputError(file, line, '"evidence.events" must be a list');
    items.push(record as unknown as WorkItem);
  }
  return items;
}
