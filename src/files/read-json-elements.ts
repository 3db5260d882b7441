import { InputError } from '../domain/errors.ts';
import { readTextPieces } from './read-bytes.ts';

/** One unparsed element of an array in a JSON file. */
export interface JsonElement {
  /** 1-based line of its first character. */
  readonly line: number;
  readonly text: string;
}

/** Options of `readJsonElements`. */
export interface JsonElementsOptions {
  /** Paths of the arrays to read: keys from the root joined by dots; '' is the root. */
  readonly arrays: readonly string[];
  /** Called with each string, number and literal in enclosing objects, as JSON. */
  readonly onScalar?: (path: string, text: string) => void;
}

/** Maximum length of an element, in UTF-16 units. */
const longestElement = 64 * 1024 * 1024;

interface Level {
  readonly kind: 'object' | 'array';
  readonly path: string;
  readonly isRequested: boolean;
  key: string;
}

/**
 * Streams the elements of arrays in a JSON file; memory holds one element at a time. Errors inside an element are left
 * to its parser. @param pieces default: the text of the file @throws InputError if the file is truncated or not JSON
 */
export async function* readJsonElements(
  file: string,
  { arrays, onScalar }: JsonElementsOptions,
  pieces: AsyncIterable<string> = readTextPieces(file),
): AsyncGenerator<JsonElement> {
  const levels: Level[] = [];
  let line = 1;
  /** The element, string or scalar read so far. */
  let held = '';
  let holding: 'element' | 'string' | 'scalar' | null = null;
  let heldLine = 1;
  let inString = false;
  let escaped = false;
  /** Open brackets inside the element. */
  let depth = 0;
  let lastString = '';
  let seenAny = false;

  const top = () => levels.at(-1);
  const fail = (message: string) => new InputError(file, line, message, { hint: 'is this a JSON file?' });
  const pathOf = () => {
    const level = top();
    if (level === undefined) return '';
    return level.path === '' ? level.key : `${level.path}.${level.key}`;
  };
  const endScalar = (): JsonElement | null => {
    const text = held;
    const was = holding;
    held = '';
    holding = null;
    if (was === 'element') return { line: heldLine, text };
    if (was === 'string' && top()?.kind === 'object' && top()!.key === '') lastString = text;
    else if (top()?.kind === 'object') onScalar?.(pathOf(), text);
    return null;
  };

  for await (const piece of pieces) {
    let from = 0;
    for (let at = 0; at < piece.length; at += 1) {
      const code = piece.charCodeAt(at);
      if (code === 0x0a) line += 1;
      if (inString) {
        if (escaped) escaped = false;
        else if (code === 0x5c) escaped = true;
        else if (code === 0x22) {
          inString = false;
          if (depth === 0 && holding !== null) {
            held += piece.slice(from, at + 1);
            const element = endScalar();
            if (element !== null) yield element;
          }
        }
        continue;
      }
      if (holding === 'element' && depth > 0) {
        if (code === 0x22) inString = true;
        else if (code === 0x7b || code === 0x5b) depth += 1;
        else if (code === 0x7d || code === 0x5d) {
          depth -= 1;
          if (depth === 0) {
            held += piece.slice(from, at + 1);
            yield endScalar()!;
          }
        }
        continue;
      }
      const blank = code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
      const mark = code === 0x2c || code === 0x3a || code === 0x5d || code === 0x7d;
      if (holding !== null && (blank || mark)) {
        held += piece.slice(from, at);
        const element = endScalar();
        if (element !== null) yield element;
      }
      if (blank || holding !== null) continue;
      const level = top();
      if (code === 0x3a) {
        if (level?.kind !== 'object') throw fail('a ":" outside of an object');
        level.key = JSON.parse(lastString || '""') as string;
        continue;
      }
      if (code === 0x2c) {
        if (level === undefined) throw fail('a "," outside of a list');
        level.key = '';
        continue;
      }
      if (mark) {
        if (level === undefined || (code === 0x7d) !== (level.kind === 'object'))
          throw fail('brackets that do not match');
        levels.pop();
        continue;
      }
      if (level === undefined && seenAny) throw fail('something after the end of the JSON');
      seenAny = true;
      heldLine = line;
      from = at;
      if (level?.isRequested === true) {
        holding = 'element';
        if (code === 0x7b || code === 0x5b) depth = 1;
        else inString = code === 0x22;
      } else if (code === 0x7b || code === 0x5b) {
        const path = level?.kind === 'array' ? `${level.path}.[]` : pathOf();
        const kind = code === 0x7b ? 'object' : 'array';
        levels.push({ kind, path, isRequested: kind === 'array' && arrays.includes(path), key: '' });
      } else {
        inString = code === 0x22;
        holding = inString ? 'string' : 'scalar';
      }
    }
    if (holding !== null) held += piece.slice(from);
    if (held.length > longestElement) throw fail('an element of more than 64 million characters');
  }
  if (levels.length > 0 || holding !== null) throw fail('the file ends in the middle');
}
