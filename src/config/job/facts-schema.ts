import { z } from 'zod';
import { ruleSeverities } from '../../domain/rule.ts';
import { idSchema, text } from '../yaml/common-schema.ts';

/** The `facts` section of a job. */
export const factsSchema = z
  .strictObject({
    corpus: text.optional().describe('Index that `quorate facts index` built'),
    own: z.boolean().default(true).describe("Check against the item's own reference and context too"),
    judge: idSchema
      .optional()
      .describe('Judge that splits claims and verifies them; default: the checker without a model'),
    refuted: z.enum(ruleSeverities).default('penalty').describe('What a refuted claim does'),
    target: z.int().min(1).default(8).describe('K of F1@K: more supported claims than this earn nothing'),
    passages: z.int().min(1).max(50).default(5).describe('Passages looked at for each claim'),
    claims: z.int().min(1).max(1000).default(60).describe('Most claims of one response that are checked'),
    embeddings: z
      .strictObject({
        base_url: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }),
        model: text,
        key_env: text.optional().describe('Environment variable that holds the key'),
      })
      .optional()
      .describe('OpenAI-compatible /embeddings server, for hybrid search'),
  })
  .refine(({ corpus, own }) => corpus !== undefined || own, {
    error: 'has nothing to check against: name a corpus, or leave "own" on',
  });
