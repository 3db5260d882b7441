import { join } from 'node:path';
import { type ContainerName, openContainer } from './containers/container.ts';
import type { RowWriter } from './containers/row-writer.ts';
import type { Example, Refusal } from './example.ts';
import type { DatasetFormat } from './formats/format.ts';

/** What became of the examples: rows by split, refusals by reason. */
export interface WrittenRows {
  readonly rows: Readonly<Record<string, number>>;
  readonly refusals: Readonly<Record<string, number>>;
  /** Kind of the examples that were written; null when there was none. */
  readonly exampleKind: Example['kind'] | null;
}

export interface RowPlan {
  readonly folder: string;
  readonly format: DatasetFormat;
  readonly container: ContainerName;
  /** The split a row belongs to. */
  readonly splitOf: (example: Example) => string;
  /** Sees every row that is written. */
  readonly observe?: (example: Example) => void;
}

/**
 * Streams examples into one data file a split, with a sidecar of where each row comes from (same order) and a
 * list of what was refused and why.
 */
export async function writeRows(
  examples: AsyncIterable<Example | Refusal>,
  plan: RowPlan,
): Promise<WrittenRows> {
  const data = new Map<string, RowWriter>();
  const sidecars = new Map<string, RowWriter>();
  const refusals = new Map<string, number>();
  const refused = await openContainer('jsonl', join(plan.folder, 'refused.jsonl'));
  let exampleKind: Example['kind'] | null = null;

  const refuse = async (refusal: Refusal): Promise<void> => {
    refusals.set(refusal.reason, (refusals.get(refusal.reason) ?? 0) + 1);
    const { kind: _kind, ...line } = refusal;
    await refused.write(line);
  };

  for await (const example of examples) {
    if (example.kind === 'refusal') {
      await refuse(example);
      continue;
    }
    const row = plan.format.row(example);
    if (typeof row === 'string') {
      await refuse({
        kind: 'refusal',
        item: example.meta.item,
        candidates: example.meta.candidates,
        reason: row,
      });
      continue;
    }
    exampleKind = example.kind;
    const split = plan.splitOf(example);
    if (!data.has(split)) {
      data.set(
        split,
        await openContainer(plan.container, join(plan.folder, dataFile(split, plan.container))),
      );
      sidecars.set(split, await openContainer('jsonl', join(plan.folder, sidecarFile(split))));
    }
    plan.observe?.(example);
    const pending = data.get(split)!.write(row);
    if (pending !== undefined) await pending;
    const sidecar = sidecars.get(split)!.write(example.meta as unknown as Record<string, unknown>);
    if (sidecar !== undefined) await sidecar;
  }

  const rows: Record<string, number> = {};
  for (const [split, writer] of data) rows[split] = await writer.close();
  for (const writer of sidecars.values()) await writer.close();
  await refused.close();
  return {
    rows,
    refusals: Object.fromEntries([...refusals].sort(([a], [b]) => a.localeCompare(b))),
    exampleKind,
  };
}

export function dataFile(split: string, container: ContainerName): string {
  return `${split}.${container}`;
}

export function sidecarFile(split: string): string {
  return `${split}.meta.jsonl`;
}
