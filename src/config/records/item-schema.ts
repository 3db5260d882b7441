import { z } from 'zod';
import { text } from '../yaml/common-schema.ts';

const nullableText = z.string().nullable();

/** A line of an items file. */
export const itemSchema = z.looseObject({
  id: text.describe('Unique in the file'),
  prompt: z
    .union([
      z.string(),
      z
        .array(z.strictObject({ role: z.enum(['system', 'user', 'assistant', 'tool']), content: z.string() }))
        .min(1),
    ])
    .nullable()
    .describe('One user turn, or a conversation'),
  candidates: z
    .array(
      z.looseObject({
        id: text.describe('Unique in the item'),
        text: nullableText.describe('null where only votes were recorded'),
        model: nullableText.optional().describe('The model that wrote it'),
      }),
    )
    .min(1),
  reference: nullableText.optional().describe('A correct or ideal answer'),
  context: z.array(z.string()).optional().describe('Passages that an answer may be checked against'),
  category: nullableText.optional(),
  cluster: nullableText.optional().describe('Items of one cluster are not independent'),
  metadata: z.record(z.string(), z.unknown()).optional(),
});
