import { canonicalJson } from '../files/content-hash.ts';
import type { ModelVersion } from './model-state.ts';

/** A field that differs between two versions. */
export interface FieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
  /** After minus before, for numbers. */
  readonly difference?: number;
}

/** Compares two versions: lineage fields by path, then metrics, then the rest. */
export function diffVersions(before: ModelVersion, after: ModelVersion): readonly FieldChange[] {
  const old = flatten(fieldsOf(before));
  const now = flatten(fieldsOf(after));
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((field) => old.get(field) !== now.get(field))
    .map((field) => {
      const [first, second] = [old.get(field) ?? null, now.get(field) ?? null];
      const numbers = typeof first === 'number' && typeof second === 'number';
      return {
        field,
        before: first,
        after: second,
        ...(numbers && { difference: second - first }),
      };
    });
}

function fieldsOf({ lineage, metrics, artefact, served_as, stage, tags }: ModelVersion) {
  return { lineage, metrics, artefact, served_as, stage, tags };
}

/** Leaves by dotted path; a list is one leaf, as JSON. */
function flatten(value: object, prefix = ''): Map<string, unknown> {
  const leaves = new Map<string, unknown>();
  for (const [key, inner] of Object.entries(value)) {
    if (inner === undefined) continue;
    const isObject = typeof inner === 'object' && inner !== null;
    if (isObject && !Array.isArray(inner)) {
      for (const [path, leaf] of flatten(inner, `${prefix}${key}.`)) leaves.set(path, leaf);
    } else leaves.set(`${prefix}${key}`, isObject ? canonicalJson(inner) : inner);
  }
  return leaves;
}
