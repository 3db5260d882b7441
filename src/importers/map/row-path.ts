import { isRecord, type JsonRecord } from '../../files/json-record.ts';

/** Position and length of the first list marker of a path; null where it has none. */
export function listMarker(path: string): { readonly prefix: string; readonly marker: '[]' | '{}' } | null {
  const at = /\[\]|\{\}/.exec(path);
  return at === null ? null : { prefix: path.slice(0, at.index), marker: at[0] as '[]' | '{}' };
}

/**
 * The value at a path of a row; undefined if there is none. A column whose name holds dots is found first, and text
 * that holds JSON is read where the path goes on into it.
 * @example valueAt({ 'rating.value': 3, turns: [{ content: 'Hi' }] }, 'turns[0].content') // 'Hi'
 */
export function valueAt(value: unknown, path: string): unknown {
  if (path === '') return value;
  if (typeof value === 'string') {
    const parsed = parsedCell(value);
    return parsed === undefined ? undefined : valueAt(parsed, path);
  }
  if (Array.isArray(value)) {
    const index = /^\[?(-?\d+)\]?(?:\.|(?=\[)|$)/.exec(path);
    return index === null ? undefined : valueAt(value.at(Number(index[1])), path.slice(index[0].length));
  }
  if (!isRecord(value)) return undefined;
  if (Object.hasOwn(value, path)) return value[path];
  for (let end = path.length - 1; end > 0; end -= 1) {
    const mark = path[end];
    if (mark !== '.' && mark !== '[') continue;
    const key = path.slice(0, end);
    if (!Object.hasOwn(value, key)) continue;
    const found = valueAt(value[key], path.slice(mark === '.' ? end + 1 : end));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A cell that holds a JSON list or object; undefined if it does not. */
export function parsedCell(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The elements that a list marker stands for; undefined where there is no such list. */
export function elementsAt(
  value: unknown,
  prefix: string,
  marker: '[]' | '{}',
): readonly unknown[] | undefined {
  const found = valueAt(value, prefix);
  const list = typeof found === 'string' ? parsedCell(found) : found;
  if (marker === '[]') return Array.isArray(list) ? list : undefined;
  return isRecord(list) ? Object.entries(list).map(([key, inner]) => ({ key, value: inner })) : undefined;
}

/** Paths of the values of a row, as a person would write them in a map. */
export function pathsOf(row: JsonRecord, most = 60): string[] {
  const paths: string[] = [];
  const walk = (value: unknown, path: string, depth: number): void => {
    if (paths.length >= most) return;
    const inner = typeof value === 'string' ? (parsedCell(value) ?? value) : value;
    if (isRecord(inner) && depth < 4) {
      for (const [key, one] of Object.entries(inner))
        walk(one, path === '' ? key : `${path}.${key}`, depth + 1);
    } else if (Array.isArray(inner) && isRecord(inner[0]) && depth < 4)
      walk(inner[0], `${path}[]`, depth + 1);
    else paths.push(path);
  };
  walk(row, '', 0);
  return paths;
}
