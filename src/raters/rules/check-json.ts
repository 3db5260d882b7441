import { createRequire } from 'node:module';
import type { AnySchema } from 'ajv';
import { RE2JS } from 're2js';
import { z } from 'zod';
import { type Check, CheckFailure, fail, pass, spanAt } from './finding.ts';
import type { ResponseText } from './response-text.ts';
import { ruleKind } from './rule-kind.ts';

/** Zod checks are synchronous and few rules have a schema, so the validator is loaded on demand. */
const load = createRequire(import.meta.url);

const jsonSchema = z.record(z.string(), z.unknown()).superRefine((schema, context) => {
  try {
    const { Ajv2020 } = load('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');
    const addFormats = load('ajv-formats') as typeof import('ajv-formats');
    // as the rule compiles it: patterns in RE2; an unknown format is an error, because it would check nothing
    const regExp = Object.assign((pattern: string) => RE2JS.compile(pattern), { code: 'new RegExp' });
    const logger = { log() {}, error() {}, warn: throwWarning };
    const ajv = new Ajv2020({ strict: false, code: { regExp }, logger });
    addFormats.default(ajv);
    ajv.compile(schema)(null);
  } catch (error) {
    const isEndless = error instanceof RangeError;
    const detail = isEndless ? 'it refers to itself endlessly' : (error as Error).message;
    context.addIssue(`is not a JSON Schema (2020-12): ${detail}`);
  }
});

function throwWarning(warning: unknown): never {
  throw new Error(String(warning).replace(' ignored in schema', ''));
}

/** The rule `json`. */
export const jsonRule = ruleKind({
  check: 'json',
  options: {
    schema: jsonSchema.optional().describe('JSON Schema (2020-12) that the response must satisfy'),
  },
  compile: compileJson,
});

const deepest = 200;

/** The response, or its only code block, is JSON and valid against the JSON Schema (draft 2020-12), if one is given. */
async function compileJson(rule: {
  readonly schema?: Readonly<Record<string, unknown>> | undefined;
}): Promise<Check> {
  const explain = rule.schema === undefined ? () => null : await openJsonSchema(rule.schema);
  return ({ text }) => {
    const { source, start } = jsonPart(text);
    const around = (at: number) => spanAt(text.text, Math.max(0, at - 20), at + 20);
    if (source.startsWith('\ufeff')) return fail('not JSON: it begins with a byte order mark', around(start));
    const opening = /^\s*([^\s[{"\dtfn-])/.exec(source.slice(0, 100));
    if (opening !== null)
      return fail(`not JSON: it begins with "${opening[1]}"`, spanAt(text.text, start, start + 20));
    let value: unknown;
    try {
      value = JSON.parse(source);
    } catch (error) {
      const message = (error as Error).message;
      const place = /position (\d+)/.exec(message);
      const at = place === null ? source.length : Math.min(Number(place[1]), source.length);
      return fail(`not JSON: ${message.slice(0, 120)}`, around(start + at));
    }
    const { repeated, depth } = jsonShape(source);
    // readers differ on which of the two counts
    if (repeated !== null)
      return fail(`the key ${repeated.key.slice(0, 80)} stands twice`, around(start + repeated.at));
    // a schema that refers to itself descends with the value, and a stack has an end
    if (rule.schema !== undefined && depth > deepest)
      throw new CheckFailure(`the JSON is nested ${depth} deep, too deep for a schema`);
    const problem = explain(value);
    return problem === null ? pass(rule.schema ? 'JSON that fits the schema' : 'JSON') : fail(problem);
  };
}

function jsonPart(text: ResponseText): { readonly source: string; readonly start: number } {
  const blocks = text.codeBlocks.filter((block) => block.language === '' || /^json/.test(block.language));
  const only = blocks.length === 1 && !/^\s*[[{]/.test(text.text) ? blocks[0] : undefined;
  return only === undefined ? { source: text.text, start: 0 } : { source: only.code, start: only.start };
}

/**
 * A JSON Schema (draft 2020-12), ready to say what is wrong with a value, or null. Patterns are read as RE2, so that no
 * value makes one run for ever, and `uniqueItems` compares in one pass.
 */
async function openJsonSchema(
  schema: Readonly<Record<string, unknown>>,
): Promise<(value: unknown) => string | null> {
  const [{ Ajv2020 }, formats] = await Promise.all([import('ajv/dist/2020.js'), import('ajv-formats')]);
  const regExp = Object.assign((pattern: string) => RE2JS.compile(pattern), { code: 'new RegExp' });
  const ajv = new Ajv2020({ strict: false, allErrors: false, code: { regExp }, logger: false });
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    error: { message: 'must not have the same item twice' },
    validate: (wanted: boolean, items: readonly unknown[]) =>
      !wanted || new Set(items.map(canonical)).size === items.length,
  });
  formats.default.default(ajv);
  const validate = ajv.compile(schema as AnySchema);
  return (value) => {
    if (validate(value)) return null;
    const [error] = validate.errors ?? [];
    return `JSON that does not fit the schema: ${error?.instancePath || 'the value'} ${error?.message ?? 'is wrong'}`;
  };
}

/** Equal values, equal texts: keys in one order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:]/g;

interface JsonShape {
  /** The first key that stands twice in one object, as written, and where it stands. */
  readonly repeated: { readonly key: string; readonly at: number } | null;
  /** How many objects and lists stand within one another; up to the repeated key. */
  readonly depth: number;
}

/** What a parser keeps to itself about a valid JSON text. */
function jsonShape(json: string): JsonShape {
  // the keys of each object that is open; null for a list
  const open: (Set<string> | null)[] = [];
  let depth = 0;
  let last: { readonly key: string; readonly at: number } | null = null;
  for (const { 0: sign, index } of json.matchAll(token)) {
    if (sign === '{') open.push(new Set());
    else if (sign === '[') open.push(null);
    else if (sign === '}' || sign === ']') open.pop();
    else if (sign !== ':') last = { key: sign, at: index };
    else if (last !== null) {
      const keys = open.at(-1);
      const name = last.key.includes('\\') ? (JSON.parse(last.key) as string) : last.key.slice(1, -1);
      if (keys?.has(name)) return { repeated: last, depth };
      keys?.add(name);
    }
    depth = Math.max(depth, open.length);
  }
  return { repeated: null, depth };
}
