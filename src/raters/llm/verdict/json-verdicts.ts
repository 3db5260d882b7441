import { gradedReading } from './bracket-verdicts.ts';
import { labelKeys, scoreKeys, statedKey } from './json-keys.ts';
import { findObjects } from './json-objects.ts';
import { abstain, type ParsedVerdict } from './parsed-verdict.ts';
import { repairJson } from './repair-json.ts';
import type { Statement } from './statement.ts';

const first = new Set(['a', 'first', '1', 'output (a)', 'assistant a', 'response a']);
const second = new Set(['b', 'second', '2', 'output (b)', 'assistant b', 'response b']);
const tie = new Set(['c', 'tie', 'equal', 'both', 'a=b', 'same']);

/** The verdicts among the top-level objects of a reply; null if an object was never closed. */
export function findJson(text: string): Statement[] | null {
  const { spans, unclosed } = findObjects(text);
  if (unclosed) return null;
  const found: Statement[] = [];
  for (const { start, end } of spans) {
    const reading = readObject(text.slice(start, end));
    if (reading !== null) found.push({ start, end, reading });
  }
  return found;
}

function readObject(source: string): ParsedVerdict | null {
  try {
    return readValue(JSON.parse(source), source, source);
  } catch {
    // Invalid JSON, but the object is complete, so it may be repaired.
  }
  const repaired = repairJson(source);
  if (repaired === null) return null;
  const reading = readValue(repaired.value, repaired.text, source);
  return reading === null || reading.outcome === 'abstain' ? reading : { ...reading, repaired: true };
}

function readValue(parsed: unknown, valid: string, written: string): ParsedVerdict | null {
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null;
  const key = statedKey([...labelKeys, ...scoreKeys], valid, written);
  if (key === null) return null;
  if (key === 'conflicting') return abstain('conflicting');
  const value = (parsed as Readonly<Record<string, unknown>>)[key];
  if (typeof value === 'string' || typeof value === 'number') {
    return isScoreKey(key) ? numberReading(String(value)) : labelReading(String(value));
  }
  return abstain('not_offered');
}

function isScoreKey(key: string): boolean {
  return key === 'score' || key === 'rating';
}

function labelReading(stated: string): ParsedVerdict {
  const label = stated
    .trim()
    .replace(/^\[\[|\]\]$/g, '')
    .toLowerCase();
  if (tie.has(label)) return { outcome: 'tie' };
  if (first.has(label)) return { outcome: 'verdict', position: 'first' };
  if (second.has(label)) return { outcome: 'verdict', position: 'second' };
  const graded = /^([ab]) ?([<>=]{1,3}) ?([ab])$/.exec(label);
  if (graded === null) return abstain('not_offered');
  return gradedReading(graded[1]!.toUpperCase(), graded[2]!, graded[3]!.toUpperCase());
}

function numberReading(stated: string): ParsedVerdict {
  const match = /^\s*(-?\d{1,6}(?:\.\d{1,6})?)(?:\s*\/\s*\d{1,6})?\s*$/.exec(stated);
  return match === null ? abstain('not_offered') : { outcome: 'verdict', score: Number(match[1]) };
}
