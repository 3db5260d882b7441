import { z } from 'zod';
import { rubricModes } from '../../domain/rubric.ts';
import { providers } from '../../providers/index.ts';
import { dollars, idSchema, text } from '../yaml/common-schema.ts';

const perMtok = z.number().min(0);

export const providerSchema = (names: readonly string[]) =>
  z.enum(names).describe('How the model is reached');

/** One judge of the panel as it is written. */
export const judgeSchema = z.strictObject({
  id: idSchema.optional().describe('Short name, used in votes and reports; default: the model'),
  provider: providerSchema([...providers.keys()]).describe('How the model is reached'),
  model: text
    .optional()
    .describe(
      "The provider's model id; for local the path of a GGUF file, for recorded the path of the replies; not needed for heuristic",
    ),
  family: text.optional().describe('Family of the model, for recusal; default: read from the model name'),
  base_url: text.optional().describe('Where the server is; `$' + '{NAME}` is replaced from the environment'),
  key_env: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable, never a key')
    .optional()
    .describe('Name of the environment variable that holds the key'),
  rubric: text
    .optional()
    .describe('Path of a rubric, or the id of a shipped one; default: the rubric of the job'),
  mode: z.enum(rubricModes).optional().describe('Ask the rubric in this mode instead of its own'),
  temperature: z.number().min(0).max(2).optional(),
  max_tokens: z.int().min(1).optional().describe('Longest reply, in tokens'),
  thinking_tokens: z.int().min(0).optional().describe('Room for thinking, on top of max_tokens'),
  timeout_ms: z.int().min(1).default(180_000).describe('Longest wait for one reply'),
  samples: z.int().min(1).max(1000).default(1).describe('Repeated samples of each question'),
  orders: z
    .enum(['both', 'random'])
    .default('both')
    .describe('Pairwise: ask in both orders (twice the calls), or in one drawn at random'),
  limits: z
    .strictObject({
      rpm: z.number().positive().optional().describe('Requests a minute'),
      tpm: z.number().positive().optional().describe('Tokens a minute'),
    })
    .default({})
    .describe('What the provider allows'),
  price: z
    .strictObject({
      input_per_mtok: perMtok,
      output_per_mtok: perMtok,
      cached_input_per_mtok: perMtok.optional(),
      cache_write_per_mtok: perMtok.optional(),
    })
    .optional()
    .describe('US dollars per million tokens; default: the built-in table'),
  budget_usd: dollars.optional().describe('Most that this judge may spend in the run'),
  structured: z
    .enum(['auto', 'off'])
    .default('auto')
    .describe('off asks for verdicts as text even where the provider has structured output'),
  when: z
    .enum(['always', 'available'])
    .default('always')
    .describe('available: left out, and said so, when its key or server is missing'),
});

export type WrittenJudge = z.output<typeof judgeSchema>;
