import { z } from 'zod';
import { text } from '../yaml/common-schema.ts';

const nullableText = z.string().nullable();

/** A line of an items file. */
export const itemSchema = z.looseObject({
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
