import { createHash } from 'node:crypto';

/** A question as a fake server received it, whatever API it came by. */
export interface FakeQuestion {
  readonly api: 'openai' | 'anthropic';
  readonly model: string;
  /** System and user texts joined, in order. */
  readonly prompt: string;
  readonly schema: Schema | null;
  /** The request body as it came. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Equal for equal bodies. */
  readonly hash: string;
}

export interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

export function hashOf(body: unknown): string {
  return createHash('sha256').update(JSON.stringify(body)).digest('hex');
}

/** An answer that depends on nothing but the question: of the wanted shape, or in the verdict format it names. */
export function defaultReply(question: FakeQuestion): string {
  const bits = Number.parseInt(question.hash.slice(0, 8), 16);
  if (question.schema !== null) return JSON.stringify(instanceOf(question.schema, bits));
  const ask = question.prompt;
  if (ask.includes('[[A>>B]]'))
    return `Weighing both. [[${['A>>B', 'A>B', 'A=B', 'B>A', 'B>>A'][bits % 5]}]]`;
  if (ask.includes('[[A]]')) return `Weighing both. [[${bits % 2 === 0 ? 'A' : 'B'}]]`;
  if (ask.includes('Output (a)')) return `Weighing both. Output (${bits % 2 === 0 ? 'a' : 'b'}) is better.`;
  if (ask.includes('[RESULT]')) return `Feedback: as asked. [RESULT] ${1 + (bits % 5)}`;
  return `As asked. Rating: ${1 + (bits % 10)}/10`;
}

function instanceOf(schema: Schema, bits: number): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[bits % schema.enum.length];
  if (schema.anyOf !== undefined) return instanceOf(schema.anyOf[0]!, bits);
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  switch (type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, inner], index) => [
          name,
          instanceOf(inner, (bits >>> index) + index),
        ]),
      );
    case 'array':
      return Array.from({ length: schema.minItems ?? 1 }, (_, index) =>
        instanceOf(schema.items ?? {}, bits + index),
      );
    case 'integer':
    case 'number': {
      const low = schema.minimum ?? 1;
      const span = Math.max(1, Math.floor((schema.maximum ?? low + 9) - low) + 1);
      return low + (bits % span);
    }
    case 'boolean':
      return bits % 2 === 0;
    case 'null':
      return null;
    default:
      return 'Weighed as asked.';
  }
}
