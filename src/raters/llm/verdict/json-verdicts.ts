import { afterKey, labelKeys, scoreKeys, statedKey, verdictKeys } from './json-keys.ts';
import { findObjects } from './json-objects.ts';
import { abstain, type ParsedVerdict } from './parsed-verdict.ts';
import { repairJson } from './repair-json.ts';
import { readScore, type Scale } from './score-verdicts.ts';
import type { Statement } from './statement.ts';

/** The labels that the prompt offers, and the names that it gives to the responses. */
const first = new Set(['a', 'response a']);
const second = new Set(['b', 'response b']);
const tie = 'tie';
/** Keys beside a score that name the highest score. */
const mostKeys = ['max', 'max_score', 'maximum', 'out_of', 'scale', 'scale_max', 'max_rating'];

/** The verdicts among the top-level objects of a reply; null if an object was never closed. */
export function findJson(text: string, scale?: Scale): Statement[] | null {
  const { spans, unclosed } = findObjects(text);
  if (unclosed) return null;
  const found: Statement[] = [];
  for (const { start, end } of spans) {
    const reading = readObject(text.slice(start, end), scale);
    if (reading !== null) found.push({ start, end, reading });
  }
  return found;
}

function readObject(source: string, scale: Scale): ParsedVerdict | null {
  try {
    return readValue(JSON.parse(source), source, source, scale);
  } catch {
    // Invalid JSON, but the object is complete, so it may be repaired.
  }
  const repaired = repairJson(source);
  if (repaired === null) return namesVerdict(source) ? abstain('malformed') : null;
  const reading = readValue(repaired.value, repaired.text, source, scale);
  return reading === null || reading.outcome === 'abstain' ? reading : { ...reading, repaired: true };
}

function readValue(parsed: unknown, valid: string, written: string, scale: Scale): ParsedVerdict | null {
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null;
  const key = statedKey([...labelKeys, ...scoreKeys], valid, written);
  if (key === null) return null;
  if (key === 'conflicting') return abstain('conflicting');
  const object = parsed as Readonly<Record<string, unknown>>;
  const value = object[key];
  if (key !== 'score' && key !== 'rating') {
    return typeof value === 'string' ? labelReading(value) : abstain('not_offered');
  }
  if (typeof value === 'string') return numberReading(value, scale);
  if (typeof value !== 'number') return abstain('not_offered');
  const most = mostKeys.map((name) => object[name]).find((named) => typeof named === 'number');
  return readScore(value, most === undefined ? undefined : String(most), scale);
}

const keyOfVerdict = new RegExp(`\\{[^{}]{0,2000}?\\b(?:${verdictKeys.join('|')})${afterKey}`);

/** Whether a text that is no valid JSON looks like an object with a key of a verdict. */
export function namesVerdict(text: string): boolean {
  const brace = text.indexOf('{');
  return brace >= 0 && keyOfVerdict.test(text.slice(brace, brace + 20_000));
}

function labelReading(stated: string): ParsedVerdict {
  const label = stated
    .trim()
    .replace(/^\[\[|\]\]$/g, '')
    .toLowerCase();
  if (label === tie) return { outcome: 'tie' };
  if (first.has(label)) return { outcome: 'verdict', position: 'first' };
  return second.has(label) ? { outcome: 'verdict', position: 'second' } : abstain('not_offered');
}

function numberReading(stated: string, scale: Scale): ParsedVerdict {
  const match = /^\s*(-?\d{1,6}(?:\.\d{1,6})?)\s*(?:(?:\/|out of)\s*(\d{1,6})|(%))?\s*$/.exec(stated);
  if (match === null) return abstain('not_offered');
  return readScore(Number(match[1]), match[3] === undefined ? match[2] : '100', scale);
}
