import { z } from 'zod';
import { ruleSeverities } from '../../domain/rule.ts';
import { idSchema, text } from '../yaml/common-schema.ts';

/** The `facts` section of a job. */
export const factsSchema = z
  .strictObject({
    corpus: text.optional().describe('Search index built by `quorate facts index`'),
    own: z.boolean().default(true).describe("Also check against the item's own reference and context"),
    judge: idSchema
      .optional()
      .describe('Judge that splits and verifies claims; default: the checker without a model'),
    refuted: z
      .enum(ruleSeverities)
      .default('penalty')
      .describe('Effect of a refuted claim: veto excludes the response, penalty lowers it, info reports it'),
    target: z
      .int()
      .min(1)
      .default(8)
      .describe('K of F1@K: supported claims beyond K do not raise the score; default: 8'),
    passages: z.int().min(1).max(50).default(5).describe('Passages retrieved per claim; default: 5'),
    claims: z
      .int()
      .min(1)
      .max(1000)
      .default(60)
      .describe('Maximum number of claims checked per response; default: 60'),
    embeddings: z
      .strictObject({
        base_url: z
          .url({ protocol: /^https?$/, error: 'must be an http or https address' })
          .describe('Address of the server, for example http://127.0.0.1:11434/v1'),
        model: text.describe('Name of the embedding model'),
        key_env: text.optional().describe('Name of the environment variable with the key; never the key'),
      })
      .optional()
      .describe('OpenAI-compatible /embeddings endpoint, for hybrid search in the corpus'),
  })
  .refine(({ corpus, own }) => corpus !== undefined || own, {
    error: 'has nothing to check against: set "corpus", or keep "own: true"',
  });
