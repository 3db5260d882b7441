/** Where the records of a JSON body are. */
export interface JsonRecords {
  /** The body is an array of records. */
  readonly batch: boolean;
  /** Start and end of each record in the text. */
  readonly spans: readonly (readonly [start: number, end: number])[];
}

export interface CountLimits {
  /** Records of an array. */
  readonly records: number;
  /** Keys, texts, numbers and brackets of one record. */
  readonly values: number;
}

export type Counted =
  | { readonly ok: true; readonly found: JsonRecords }
  | { readonly ok: false; readonly over: 'records' | 'values'; readonly limit: number };

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const openers = new Set([0x5b, 0x7b]);
const closers = new Set([0x5d, 0x7d]);

/** Characters that are scanned between two pauses: well under a millisecond. */
const slice = 65_536;

/**
 * Finds the records of a JSON text and counts their values without building any, so that a body that is too much costs
 * one pass. What is not JSON is left to the parser.
 * @param pause awaited after every 65,536 characters, so that other requests go on
 */
export async function countJson(
  text: string,
  limits: CountLimits,
  pause: () => Promise<void>,
): Promise<Counted> {
  const first = text.length - text.trimStart().length;
  const batch = text[first] === '[';
  const spans: [number, number][] = [];
  const recordDepth = batch ? 1 : 0;
  let [start, depth, values, inString, end] = [batch ? first + 1 : first, 0, 0, false, text.length];
  let pauseAt = slice;
  for (let at = first; at < text.length; at += 1) {
    if (at >= pauseAt) {
      pauseAt += slice;
      await pause();
    }
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === backslash) at += 1;
      else if (code === quote) inString = false;
      continue;
    }
    if (code === quote) inString = true;
    else if (openers.has(code)) {
      depth += 1;
      values += 1;
    } else if (closers.has(code)) {
      depth -= 1;
      if (batch && depth === 0) {
        end = at;
        break;
      }
    } else if (code === comma && batch && depth === recordDepth) {
      spans.push([start, at]);
      if (spans.length >= limits.records) return { ok: false, over: 'records', limit: limits.records };
      start = at + 1;
      values = 0;
    } else if (code === comma || code === colon) values += 1;
    if (values > limits.values) return { ok: false, over: 'values', limit: limits.values };
  }
  if (!batch) return { ok: true, found: { batch, spans: [[first, text.length]] } };
  if (spans.length > 0 || text.slice(start, end).trim() !== '') spans.push([start, end]);
  return { ok: true, found: { batch, spans } };
}
