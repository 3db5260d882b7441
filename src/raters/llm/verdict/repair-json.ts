import { jsonrepair } from 'jsonrepair';

/** Maximum length of a repairable reply, in UTF-16 units; repair of longer ones is too slow. */
const longest = 200_000;
/** Maximum nesting: the library is recursive, and a stack overflow while V8 compiles a pattern kills the process. */
const deepest = 200;

/** Repairs a complete but invalid JSON object. @returns the valid JSON and its value; null if it is irreparable */
export function repairJson(source: string): { readonly text: string; readonly value: unknown } | null {
  if (source.length > longest || nestsBeyond(source, deepest)) return null;
  try {
    const text = jsonrepair(source);
    return { text, value: JSON.parse(text) };
  } catch {
    return null;
  }
}

/** Upper bound of the nesting: brackets in strings count too. */
function nestsBeyond(source: string, depth: number): boolean {
  let open = 0;
  for (const [bracket] of source.matchAll(/[[\]{}()]/g)) {
    if (bracket === '[' || bracket === '{' || bracket === '(') open += 1;
    else if (open > 0) open -= 1;
    if (open > depth) return true;
  }
  return false;
}
