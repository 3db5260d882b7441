import { jsonrepair } from 'jsonrepair';

/** Mending a reply that is longer than this costs more than the reply is worth. */
const longest = 200_000;
/** The library descends by recursion, and a stack that runs out while V8 compiles a pattern ends the process. */
const deepest = 200;

/** A whole object that is no JSON as it stands, as JSON and as its value; null where it cannot be mended. */
export function repairJson(source: string): { readonly text: string; readonly value: unknown } | null {
  if (source.length > longest || nestsBeyond(source, deepest)) return null;
  try {
    const text = jsonrepair(source);
    return { text, value: JSON.parse(text) };
  } catch {
    return null;
  }
}

/** From above: brackets in texts count too. */
function nestsBeyond(source: string, depth: number): boolean {
  let open = 0;
  for (const [bracket] of source.matchAll(/[[\]{}()]/g)) {
    if (bracket === '[' || bracket === '{' || bracket === '(') open += 1;
    else if (open > 0) open -= 1;
    if (open > depth) return true;
  }
  return false;
}
