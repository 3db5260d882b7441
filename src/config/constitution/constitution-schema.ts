import { z } from 'zod';
import { idSchema, text, versionSchema } from '../yaml/common-schema.ts';

const principleSchema = z.strictObject({
  id: idSchema.describe('Short name, used in reports'),
  critique: text.describe('Asks for what is wrong with a response'),
  revision: text.describe('Asks for a better response, given the critique'),
  preference: text.describe('Asks which of two responses follows the principle better'),
  weight: z.number().positive().default(1).describe('How often it is drawn, relative to the others'),
  categories: z.array(text).min(1).optional().describe('Applies to items of these categories only'),
  veto: z.boolean().default(false).describe('A response that breaks it is out, whatever else speaks for it'),
  source: text.optional().describe('Where the principle comes from'),
});

/** A constitution file as it is written. */
export const constitutionSchema = z.strictObject({
  id: idSchema.optional().describe('Short name; default: the file name'),
  version: versionSchema,
  title: text.optional().describe('What people call it; default: the id'),
  description: z.string().default('').describe('What it protects'),
  principles: z.array(principleSchema).min(1),
});
