import { z } from 'zod';
import { preferenceStatuses } from '../domain/preference.ts';
import { raterKinds } from '../domain/vote.ts';
import { constitutionSchema } from './constitution/constitution-schema.ts';
import { feedbackSchema } from './feedback/feedback-schema.ts';
import { importMapSchema } from './feedback/import-map-schema.ts';
import { gateSchema } from './gate/gate-schema.ts';
import { jobSchema } from './job/job-schema.ts';
import { loopSchema } from './loop/loop-schema.ts';
import { voteSchema } from './records/vote-schema.ts';
import { prometheusRubricSchema, rubricSchema } from './rubric/rubric-schema.ts';
import { share, text } from './yaml/common-schema.ts';

const count = z.int().min(0);

/** A line of a preferences file. */
const preferenceSchema = z.looseObject({
  item: text.describe('Id of the item'),
  pair: z.tuple([text, text]).describe('Ids of the two candidates, in the order of the item'),
  chosen: text.describe('Id of the better candidate'),
  rejected: text.describe('Id of the other candidate'),
  probability: z.number().min(0.5).max(1).describe('P(chosen is really better), in [0.5, 1]'),
  status: z
    .enum(preferenceStatuses)
    .describe(
      'accepted: above the threshold; ambiguous: below it; review: too few raters; vetoed: a veto decided; conflict: humans and models disagree',
    ),
  basis: z
    .enum(['calibrated', 'uncalibrated'])
    .describe('calibrated only when labels support the probability'),
  reasons: z.array(z.string()).describe('Human-readable reasons of the status'),
  votes: z.looseObject({
    for_chosen: count,
    for_rejected: count,
    tie: count,
    abstain: count,
    error: count,
    flipped: count.describe('Judges whose verdict changed with the order of the responses'),
  }),
  sources: z
    .partialRecord(z.enum(raterKinds), z.looseObject({ probability: share.nullable(), votes: count }))
    .describe('P(chosen is better) from each kind of rater alone, with its number of votes'),
});

const nullableText = z.string().nullable();

/** A line of an items file. */
const itemSchema = z.looseObject({
  id: text.describe('Identifier of the item, unique in the file, for example "q-17"'),
  prompt: z
    .union([
      z.string(),
      z
        .array(z.strictObject({ role: z.enum(['system', 'user', 'assistant', 'tool']), content: z.string() }))
        .min(1),
    ])
    .nullable()
    .describe('The prompt: a string is one user turn, a list is a conversation'),
  candidates: z
    .array(
      z.looseObject({
        id: text.describe('Identifier of the response, unique in the item, for example "a"'),
        text: nullableText.describe('Text of the response; null if only votes were recorded'),
        model: nullableText.optional().describe('Model that wrote the response, for example "gpt-4o"'),
      }),
    )
    .min(1)
    .describe('The responses: two or more to compare, one to score'),
  reference: nullableText.optional().describe('A correct or ideal answer'),
  context: z.array(z.string()).optional().describe('Passages to check the responses against'),
  category: nullableText
    .optional()
    .describe('Kind of prompt; criteria, rules and principles can be limited to categories'),
  cluster: nullableText
    .optional()
    .describe('Items with the same source (one question, one document) share a cluster: they are dependent'),
  metadata: z.record(z.string(), z.unknown()).optional().describe('Further fields; a gate can slice by them'),
});

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
