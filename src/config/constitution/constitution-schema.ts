import { z } from 'zod';
import { idSchema, text, versionSchema } from '../yaml/common-schema.ts';

const principleSchema = z.strictObject({
  id: idSchema.describe('Name of the principle in reports, for example honesty'),
  critique: text.describe('Instruction to criticise a response under the principle'),
  revision: text.describe('Instruction to rewrite a response, given the critique'),
  preference: text.describe(
    'Question which of two responses follows the principle better, for example "Which response is more honest?"',
  ),
  weight: z.number().positive().default(1).describe('Relative probability of being drawn; default: 1'),
  categories: z
    .array(text)
    .min(1)
    .optional()
    .describe('Applies only to items of these categories; default: all'),
  veto: z
    .boolean()
    .default(false)
    .describe('Exclude responses that violate the principle, regardless of other votes'),
  source: text.optional().describe('Origin of the principle, for example a policy document'),
});

/** A constitution file as written. */
export const constitutionSchema = z.strictObject({
  id: idSchema.optional().describe('Id of the constitution; default: the file name'),
  version: versionSchema,
  title: text.optional().describe('Title in reports; default: the id'),
  description: z.string().default('').describe('Purpose of the constitution'),
  principles: z.array(principleSchema).min(1).describe('The principles'),
});
