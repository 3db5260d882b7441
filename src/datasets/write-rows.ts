import { join } from 'node:path';
import type { ContainerName, DatasetKind, FormatName } from '../domain/export-spec.ts';
import { openContainer } from './containers/container.ts';
import type { RowWriter } from './containers/row-writer.ts';
import type { Example, Refusal } from './example.ts';
import type { DatasetFormat } from './formats/format.ts';
import { formatFor } from './formats/index.ts';
import type { QualityResult } from './quality/check.ts';
import { openRowChecks } from './quality/row-checks.ts';

/** An example with its split; plain data, so that a worker thread can write it. */
export interface RowsPlan {
  readonly folder: string;
  readonly kind: DatasetKind;
  /** The name of a shipped one, or the format itself: then the rows stay in this thread. */
  readonly format: FormatName | DatasetFormat;
  readonly container: ContainerName;
  readonly minProbability: number;
}

/** Results of writing: rows by split, refusals by reason, and check results. */
export interface WrittenRows {
  readonly rows: Readonly<Record<string, number>>;
  readonly refusals: Readonly<Record<string, number>>;
  /** Kind of the written examples; null without any. */
  readonly exampleKind: Example['kind'] | null;
  readonly checks: readonly QualityResult[];
  readonly tally: Tally;
}

export interface PlacedExample {
  readonly example: Example | Refusal;
  readonly split: string;
}

export interface RowSink {
  write(examples: readonly PlacedExample[]): Promise<void>;
  close(): Promise<WrittenRows>;
  /** Ends without a result after a failure. */
  abandon(): Promise<void>;
}

/** Writes examples into one data file per split, with a sidecar of their provenance (in the same order) and a list of refusals
 * with reasons. Every written row is checked and counted.
 */
export async function openRows(plan: RowsPlan): Promise<RowSink> {
  const format = formatFor(plan.format, plan.kind);
  const checks = await openRowChecks(plan.minProbability);
  const tally = openTally();
  const data = new Map<string, RowWriter>();
  const sidecars = new Map<string, RowWriter>();
  const refusals = new Map<string, number>();
  const refused = await openContainer('jsonl', join(plan.folder, 'refused.jsonl'));
  let exampleKind: Example['kind'] | null = null;

  const refuse = ({ kind: _kind, ...line }: Refusal): void | Promise<void> => {
    refusals.set(line.reason, (refusals.get(line.reason) ?? 0) + 1);
    return refused.write(line);
  };
  const openSplit = async (split: string): Promise<void> => {
    data.set(split, await openContainer(plan.container, join(plan.folder, dataFile(split, plan.container))));
    sidecars.set(split, await openContainer('jsonl', join(plan.folder, sidecarFile(split))));
  };

  return {
    async write(examples) {
      for (const { example, split } of examples) {
        const row = example.kind === 'refusal' ? example.reason : format.row(example);
        if (typeof row === 'string') {
          const { item, candidates } = example.kind === 'refusal' ? example : example.meta;
          await refuse({ kind: 'refusal', item, candidates, reason: row });
          continue;
        }
        const written = example as Example;
        exampleKind = written.kind;
        if (!data.has(split)) await openSplit(split);
        checks.observe(written);
        tally.observe(written);
        const pending = data.get(split)!.write(row);
        if (pending !== undefined) await pending;
        const sidecar = sidecars.get(split)!.write(written.meta as unknown as Record<string, unknown>);
        if (sidecar !== undefined) await sidecar;
      }
    },
    async close() {
      const rows: Record<string, number> = {};
      for (const [split, writer] of data) rows[split] = await writer.close();
      for (const writer of sidecars.values()) await writer.close();
      await refused.close();
      return {
        rows,
        refusals: Object.fromEntries([...refusals].sort(([a], [b]) => a.localeCompare(b))),
        exampleKind,
        checks: checks.conclude(),
        tally: tally.conclude(),
      };
    },
    // the folder of a failed export is removed completely
    abandon: async () => {},
  };
}

export function dataFile(split: string, container: ContainerName): string {
  return `${split}.${container}`;
}

export function sidecarFile(split: string): string {
  return `${split}.meta.jsonl`;
}

/** Counts over the written rows, for the card and the trainer configuration. */
interface Tally {
  readonly pairAccuracy: number | null;
  readonly calibrated: boolean;
  readonly sources: Readonly<Record<string, number>>;
  readonly desirable: number;
  readonly undesirable: number;
}

function openTally(): { observe(example: Example): void; conclude(): Tally } {
  const sources: Record<string, number> = {};
  let n = 0;
  let sum = 0;
  let measured = 0;
  let calibrated = 0;
  let desirable = 0;
  let undesirable = 0;
  return {
    observe(example) {
      n += 1;
      sources[example.meta.source] = (sources[example.meta.source] ?? 0) + 1;
      if (example.meta.probability !== null) {
        measured += 1;
        sum += example.meta.probability;
      }
      if (example.meta.basis === 'calibrated') calibrated += 1;
      if (example.kind !== 'completion') return;
      if (example.label) desirable += 1;
      else undesirable += 1;
    },
    conclude: () => ({
      pairAccuracy: measured === 0 ? null : sum / measured,
      calibrated: n > 0 && calibrated === n,
      sources,
      desirable,
      undesirable,
    }),
  };
}
