import type { DocumentPath } from './yaml-file.ts';

/** A path as text, for example `panel[0].provider`. */
export function pathText(path: DocumentPath): string {
  let text = '';
  for (const step of path)
    text += typeof step === 'number' ? `[${step}]` : `${text === '' ? '' : '.'}${String(step)}`;
  return text;
}

/** The value at a path; undefined if there is none. */
export function valueAt(value: unknown, path: DocumentPath): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = (here as Record<PropertyKey, unknown>)[step];
  }
  return here;
}
