import { z } from 'zod';
import { constitutionSchema } from './constitution-schema.ts';
import { feedbackSchema } from './feedback/feedback-schema.ts';
import { importMapSchema } from './feedback/import-map-schema.ts';
import { gateSchema } from './gate-schema.ts';
import { itemSchema } from './item-schema.ts';
import { jobSchema } from './job-schema.ts';
import { loopSchema } from './loop-schema.ts';
import { preferenceSchema } from './preference-schema.ts';
import { prometheusRubricSchema, rubricSchema } from './rubric-schema.ts';
import { voteSchema } from './vote-schema.ts';

const schemas = {
  job: jobSchema,
  gate: gateSchema,
  loop: loopSchema,
  feedback: feedbackSchema,
  'import-map': importMapSchema,
  rubric: z.union([rubricSchema, prometheusRubricSchema]),
  constitution: constitutionSchema,
  item: itemSchema,
  vote: voteSchema,
  preference: preferenceSchema,
} as const;

export type SchemaName = keyof typeof schemas;

/** Names of the file formats whose JSON Schema is published. */
export const schemaNames = Object.keys(schemas) as readonly SchemaName[];

/** The JSON Schema (draft 2020-12) of a file format as it is written, defaults not yet filled in. */
export function publishedSchema(name: SchemaName): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = z.toJSONSchema(schemas[name], { io: 'input', unrepresentable: 'any' });
  return { $schema, title: `Quorate ${name}`, ...rest };
}

/** The file under schemas/ that a format is published in. */
export function schemaFileName(name: SchemaName): string {
  return `${name}.schema.json`;
}
