/** How the records of a text file are written. */
export type TextShape =
  /** One JSON object a line. */
  | 'jsonl'
  /** One JSON list of records. */
  | 'json-list'
  /** One JSON object that holds the records, or is one. */
  | 'json-document'
  /** Rows of cells under a header: CSV, TSV. */
  | 'table';

/** The beginning of a text. */
export interface TextHead {
  /** Name of the file; `-` for standard input. */
  readonly name: string;
  readonly text: string;
  /** The text is all there is. */
  readonly isWhole: boolean;
}

const packed = /\.(gz|zst|zip)$/;

/** The extension of a name without that of its packing, in lower case. */
export function extensionOf(name: string): string {
  return /\.([a-z0-9]+)$/.exec(name.toLowerCase().replace(packed, ''))?.[1] ?? '';
}

/** Recognised by the text itself; the name decides only where the text leaves it open. */
export function shapeOf({ name, text, isWhole }: TextHead): TextShape {
  const extension = extensionOf(name);
  const start = text.replace(/^\uFEFF/, '').trimStart();
  const lines = start.split('\n', 3);
  const [first = '', second = ''] = lines;
  if (extension === 'csv' || extension === 'tsv') return isObject(first) ? 'jsonl' : 'table';
  if (start.startsWith('[')) return isWhole && isListOnEachLine(lines) ? 'jsonl' : 'json-list';
  if (!start.startsWith('{')) return isTable(extension, first) ? 'table' : 'jsonl';
  const hasOneLine = lines.slice(1).every((line) => line.trim() === '');
  if (lines.length === 1 && !isWhole) return extension === 'json' ? 'json-document' : 'jsonl';
  if (isObject(first)) {
    if (hasOneLine && extension !== 'jsonl' && extension !== 'ndjson') return 'json-document';
    return 'jsonl';
  }
  const isSpread = /[{[,]\s*$/.test(first) && !second.trimStart().startsWith('{');
  return extension === 'json' || isSpread || extension === '' ? 'json-document' : 'jsonl';
}

/** A list on its own line is a record of the wrong kind, not a list of records. */
function isListOnEachLine(lines: readonly string[]): boolean {
  return (
    lines.length > 1 &&
    lines.slice(0, 2).every((line) => line.startsWith('[') && line.trimEnd().endsWith(']'))
  );
}

function isTable(extension: string, first: string): boolean {
  if (['jsonl', 'ndjson', 'json'].includes(extension)) return false;
  return /[,;\t|]/.test(first) && !/^["\d-]*$/.test(first.trim());
}

function isObject(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
