import { isRecord, type JsonRecord } from './json-record.ts';

/** Columns of a table whose cells are no text: numbers, and lists or objects as JSON. */
export interface CellTypes {
  readonly numbers: readonly string[];
  readonly json: readonly string[];
  readonly booleans: readonly string[];
}

export const itemCells: CellTypes = {
  numbers: [],
  json: ['candidates', 'context', 'metadata'],
  booleans: [],
};

export const voteCells: CellTypes = {
  numbers: [
    'score',
    'strength',
    'probability',
    'weight',
    'sample',
    'cost_usd',
    'input_tokens',
    'output_tokens',
    'latency_ms',
  ],
  json: ['shown', 'scale', 'ranking', 'provenance'],
  booleans: ['veto'],
};

/**
 * A row of a table as the record that it stands for: empty cells are absent, and cells of typed columns are read. A cell
 * that is not of its type stays as it is, and the record's check names it. Rows of other containers pass unchanged.
 */
export function fromCells(row: JsonRecord, { numbers, json, booleans }: CellTypes): JsonRecord {
  if (!Object.values(row).every((value) => typeof value === 'string')) return row;
  const entries = Object.entries(row as Record<string, string>).flatMap(
    ([name, cell]): [string, unknown][] => {
      if (cell === '') return [];
      if (numbers.includes(name)) return [[name, numberCell(cell)]];
      if (json.includes(name) || (name === 'prompt' && /^\s*\[\s*\{/.test(cell)))
        return [[name, jsonCell(cell)]];
      if (booleans.includes(name) && /^(true|false)$/i.test(cell))
        return [[name, cell.toLowerCase() === 'true']];
      return [[name, cell]];
    },
  );
  return Object.fromEntries(entries);
}

function numberCell(cell: string): unknown {
  const number = Number(cell);
  return cell.trim() !== '' && Number.isFinite(number) ? number : cell;
}

function jsonCell(cell: string): unknown {
  try {
    const value: unknown = JSON.parse(cell);
    return Array.isArray(value) || isRecord(value) ? value : cell;
  } catch {
    return cell;
  }
}
