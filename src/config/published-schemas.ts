import { z } from 'zod';
import { constitutionSchema } from './constitution/constitution-schema.ts';
import { feedbackSchema } from './feedback/feedback-schema.ts';
import { importMapSchema } from './feedback/import-map-schema.ts';
import { gateSchema } from './gate/gate-schema.ts';
import { jobSchema } from './job/job-schema.ts';
import { loopSchema } from './loop/loop-schema.ts';
import { itemSchema } from './records/item-schema.ts';
import { preferenceSchema } from './records/preference-schema.ts';
import { voteSchema } from './records/vote-schema.ts';
import { prometheusRubricSchema, rubricSchema } from './rubric/rubric-schema.ts';

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

/** The name of a published schema. */
export type SchemaName = keyof typeof schemas;

/** Names of the file formats with a published JSON Schema. */
export const schemaNames = Object.keys(schemas) as readonly SchemaName[];

/** The JSON Schema (draft 2020-12) of a file format as written, before defaults are filled in. */
export function publishedSchema(name: SchemaName): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = z.toJSONSchema(schemas[name], { io: 'input', unrepresentable: 'any' });
  return { $schema, title: `Quorate ${name}`, ...rest };
}

/** File name of a published schema under schemas/. */
export function schemaFileName(name: SchemaName): string {
  return `${name}.schema.json`;
}
