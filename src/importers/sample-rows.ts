import type { JsonRecord, Row } from '../files/json-record.ts';
import { openRows, type RowSource } from '../files/open-rows.ts';
import { openInspectLog } from './inspect-log.ts';

/** The first rows of a file, looked at before it is read. */
export interface RowSample extends Omit<RowSource, 'rows' | 'lines'> {
  readonly first: readonly JsonRecord[];
  /** The sample is all there is. */
  readonly isWhole: boolean;
  /** Every row, those of the sample included; read once. */
  readonly rows: AsyncIterable<Row>;
}

const most = 500;
/** A few rows of long conversations are enough. */
const mostCharacters = 4_000_000;

/** Reads the first rows of an opened file. @throws InputError as the rows of the source */
export async function sampleRows(source: RowSource): Promise<RowSample> {
  const rows = source.rows[Symbol.asyncIterator]();
  const held: Row[] = [];
  const first: JsonRecord[] = [];
  let isWhole = false;
  let characters = 0;
  while (held.length < most && characters < mostCharacters) {
    const next = await rows.next();
    isWhole = next.done === true;
    if (next.done === true) break;
    held.push(next.value);
    if (!('record' in next.value)) continue;
    first.push(next.value.record);
    characters += lengthOf(next.value.record);
  }
  async function* all(): AsyncGenerator<Row> {
    yield* held.splice(0);
    for (let next = await rows.next(); next.done !== true; next = await rows.next()) yield next.value;
  }
  const { file, container, list, facts } = source;
  return { file, container, list, facts, first, isWhole, rows: all() };
}

function lengthOf(record: JsonRecord): number {
  return Object.values(record).reduce<number>(
    (sum, value) => sum + (typeof value === 'string' ? value.length : typeof value === 'object' ? 500 : 8),
    0,
  );
}

/** Opens a file and reads its first rows. @throws InputError */
export async function openSample(file: string): Promise<RowSample> {
  return sampleRows(file.toLowerCase().endsWith('.eval') ? await openInspectLog(file) : await openRows(file));
}
