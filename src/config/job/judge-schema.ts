import { z } from 'zod';
import { reasoningEfforts } from '../../domain/job.ts';
import { rubricModes } from '../../domain/rubric.ts';
import { providers } from '../../providers/index.ts';
import { dollars, idSchema, text } from '../yaml/common-schema.ts';

const headerName = z.string().regex(/^[!#$%&'*+.^_`|~A-Za-z0-9-]+$/, 'must be the name of a header');
const headerValue = z
  .union([z.string(), z.number(), z.boolean()])
  .transform(String)
  .refine((value) => !/[\r\n\0]/.test(value), 'must be one line');
/** Fields of a request that are the question or have a setting of their own, on which budgets rest. */
const ownFields = [
  'model',
  'messages',
  'system',
  'stream',
  'n',
  'max_tokens',
  'max_completion_tokens',
  'response_format',
];

const perMtok = z.number().min(0);

export const providerSchema = (names: readonly string[]) =>
  z.enum(names).describe('How the model is reached');

/** One judge of the panel as written. */
export const judgeSchema = z.strictObject({
  id: idSchema
    .optional()
    .describe('Name of the judge in votes and reports, for example gpt; default: the model'),
  provider: providerSchema([...providers.keys()]).describe('How the model is reached'),
  model: text
    .optional()
    .describe(
      "The provider's model id, for example gpt-4o-mini; for local: path of a GGUF file; for recorded: path of the replies; not needed for heuristic",
    ),
  family: text.optional().describe('Model family, for recusal; default: derived from the model name'),
  base_url: text
    .optional()
    .describe(
      'Address of the server, for example http://127.0.0.1:11434/v1; `$' +
        '{NAME}` is replaced from the environment',
    ),
  key_env: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable, never a key')
    .optional()
    .describe('Name of the environment variable with the API key, for example OPENAI_API_KEY; never the key'),
  auth_header: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/, 'must be the name of a header, or none')
    .optional()
    .describe(
      'Header that carries the key, for example api-key or x-api-key, or none; default: that of the provider. authorization sends `Bearer` and the key',
    ),
  headers: z
    .record(headerName, headerValue)
    .optional()
    .describe('Further headers of each request; `$' + '{NAME}` is replaced from the environment'),
  query: z
    .record(text, z.union([z.string(), z.number(), z.boolean()]).transform(String))
    .optional()
    .describe(
      'Further parameters of the address, for example api-version; `$' +
        '{NAME}` is replaced from the environment',
    ),
  extra_body: z
    .record(text, z.unknown())
    .refine(
      (body) => ownFields.every((field) => !(field in body)),
      `must not contain ${ownFields.join(', ')}: they have settings of their own or are the question itself`,
    )
    .optional()
    .describe(
      'Further fields of the body of each request, for example {chat_template_kwargs: {enable_thinking: false}}; part of what makes a reply',
    ),
  ca_file: text
    .optional()
    .describe('File of certificates to trust, in PEM format, for a server with a certificate of your own'),
  rubric: text
    .optional()
    .describe('Rubric of this judge: a path, or the id of a shipped one; default: the rubric of the job'),
  mode: z.enum(rubricModes).optional().describe('Mode of judging; default: the mode of the rubric'),
  temperature: z.number().min(0).max(2).optional().describe('Sampling temperature, in [0, 2]'),
  max_tokens: z.int().min(1).optional().describe('Maximum length of the reply, in tokens'),
  thinking_tokens: z
    .int()
    .min(0)
    .optional()
    .describe(
      'Room for reasoning in tokens, in addition to max_tokens; default: 8192 for models that reason, otherwise 0',
    ),
  reasoning: z
    .union([z.enum(reasoningEfforts), z.int().min(1)])
    .optional()
    .describe(
      'How much the model reasons: an effort, a budget in tokens, or off where the model allows it; default: the model decides',
    ),
  top_p: z
    .number()
    .gt(0)
    .max(1)
    .optional()
    .describe('Nucleus sampling: the share of probability to draw from'),
  seed: z.int().min(0).optional().describe('Seed of sampling; further samples count on from it'),
  stop: z
    .union([text, z.array(text).min(1).max(16)])
    .optional()
    .describe('Texts that end a reply'),
  timeout_ms: z
    .int()
    .min(1)
    .default(180_000)
    .describe('Timeout of one call, in milliseconds; default: 180000'),
  max_reply_bytes: z
    .int()
    .min(1024)
    .optional()
    .describe('Maximum size of one reply after unpacking, in bytes; default: 8388608'),
  samples: z.int().min(1).max(1000).default(1).describe('Repeated samples of each question'),
  orders: z
    .enum(['both', 'random'])
    .default('both')
    .describe('Pairwise: ask in both orders (twice the calls), or in one random order'),
  limits: z
    .strictObject({
      rpm: z.number().positive().optional().describe('Requests per minute'),
      tpm: z.number().positive().optional().describe('Tokens per minute'),
    })
    .default({})
    .describe('Rate limits of the provider; default: unknown, adapted to its errors'),
  price: z
    .strictObject({
      input_per_mtok: perMtok.describe('US dollars per million input tokens, for example 0.15'),
      output_per_mtok: perMtok.describe('US dollars per million output tokens, for example 0.6'),
      cached_input_per_mtok: perMtok.optional().describe('US dollars per million cached input tokens'),
      cache_write_per_mtok: perMtok.optional().describe('US dollars per million tokens written to the cache'),
    })
    .optional()
    .describe('Prices of the model; default: the built-in price table'),
  budget_usd: dollars.optional().describe('Maximum cost of this judge in the run, in US dollars'),
  structured: z
    .enum(['auto', 'off'])
    .default('auto')
    .describe('auto: use structured output where the provider supports it; off: always ask for text'),
  when: z
    .enum(['always', 'available'])
    .default('always')
    .describe('available: skip the judge with a notice if its key or server is missing'),
});

/** A validated judge entry. */
export type WrittenJudge = z.output<typeof judgeSchema>;
