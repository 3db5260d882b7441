import type { AnySchema } from 'ajv';
import { RE2JS } from 're2js';

/**
 * A JSON Schema (draft 2020-12), ready to say what is wrong with a value, or null. Patterns are read as RE2, so that no
 * value makes one run for ever, and `uniqueItems` compares in one pass.
 */
export async function openJsonSchema(
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
