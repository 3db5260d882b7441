import { type Check, CheckFailure, fail, pass, spanAt } from './finding.ts';
import { openJsonSchema } from './json-schema.ts';
import { jsonShape } from './json-shape.ts';
import type { ResponseText } from './response-text.ts';

const deepest = 200;

/** The response, or its only code block, is JSON and valid against the JSON Schema (draft 2020-12), if one is given. */
export async function compileJson(rule: {
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
