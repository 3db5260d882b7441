import { type Check, fail, pass, spanAt } from './finding.ts';
import type { ResponseText } from './response-text.ts';

/** The reply is JSON: by itself, or as its only code block. Fits the JSON Schema (draft 2020-12) where one is given. */
export async function compileJson(rule: {
  readonly schema?: Readonly<Record<string, unknown>> | undefined;
}): Promise<Check> {
  const explain = rule.schema === undefined ? () => null : await compileSchema(rule.schema);
  return ({ text }) => {
    const { source, start } = jsonPart(text);
    const opening = /^\s*([^\s[{"\dtfn-])/.exec(source.slice(0, 100));
    if (opening !== null)
      return fail(`not JSON: it begins with "${opening[1]}"`, spanAt(text.text, start, start + 20));
    let value: unknown;
    try {
      value = JSON.parse(source);
    } catch (error) {
      const message = (error as Error).message;
      const place = /position (\d+)/.exec(message);
      const at = start + Math.min(place === null ? source.length : Number(place[1]), source.length);
      const from = Math.max(0, at - 20);
      return fail(
        `not JSON: ${message.slice(0, 120)}`,
        spanAt(text.text, from, Math.min(at + 20, text.text.length)),
      );
    }
    const problem = explain(value);
    return problem === null ? pass(rule.schema ? 'JSON that fits the schema' : 'JSON') : fail(problem);
  };
}

function jsonPart(text: ResponseText): { readonly source: string; readonly start: number } {
  const blocks = text.codeBlocks.filter((block) => block.language === '' || /^json/.test(block.language));
  const only = blocks.length === 1 && !/^\s*[[{]/.test(text.text) ? blocks[0] : undefined;
  return only === undefined ? { source: text.text, start: 0 } : { source: only.code, start: only.start };
}

async function compileSchema(
  schema: Readonly<Record<string, unknown>>,
): Promise<(value: unknown) => string | null> {
  const [{ Ajv2020 }, formats] = await Promise.all([import('ajv/dist/2020.js'), import('ajv-formats')]);
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  formats.default.default(ajv);
  const validate = ajv.compile(schema);
  return (value) => {
    if (validate(value)) return null;
    const [error] = validate.errors ?? [];
    return `JSON that does not fit the schema: ${error?.instancePath || 'the value'} ${error?.message ?? 'is wrong'}`;
  };
}
