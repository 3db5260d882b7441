import { z } from 'zod';
import { exportFormats } from '../../domain/export-spec.ts';
import { raterKinds } from '../../domain/vote.ts';
import type { Providers } from '../../ports/provider.ts';
import { rulesSchema } from '../rubric/rules-schema.ts';
import { dollars, idSchema, share, text } from '../yaml/common-schema.ts';
import { exportSchema, exportSchemaWith } from './export-schema.ts';
import { factsSchema } from './facts-schema.ts';
import { judgeSchema, providerSchema } from './judge-schema.ts';

const judgeId = idSchema.describe('Id of a judge in the panel');
const allocationKind = z.enum(['fixed', 'cascade', 'adaptive']);
const oneOrMore = <T extends z.ZodType>(schema: T) => z.union([schema, z.array(schema)]);

/** The `allocation` section of a job. */
export const allocationSchema = z.strictObject({
  kind: allocationKind.describe(
    'fixed: ask every judge; cascade: stage by stage; adaptive: the most informative judge next',
  ),
  target_error: share
    .default(0.05)
    .describe('Stop an item once its posterior error probability is at most this; default: 0.05'),
  max_calls_per_item: z
    .int()
    .min(1)
    .optional()
    .describe('Maximum number of calls per item; default: no limit'),
  stages: z
    .array(z.array(judgeId).min(1))
    .min(1)
    .optional()
    .describe('With cascade: judge ids stage by stage, for example [[small], [large]]; default: by price'),
});

/** The `constitution` section of a job. */
export const constitutionSectionSchema = z.strictObject({
  files: oneOrMore(text).describe('Paths of constitutions, or ids of shipped ones'),
  judges: z
    .array(judgeId)
    .min(1)
    .optional()
    .describe('Judges that answer the preference questions; default: every judge'),
  principles_per_pair: z.int().min(1).default(1).describe('Number of principles drawn for each pair'),
  samples: z
    .int()
    .min(1)
    .default(1)
    .describe('Repeated samples per question, for models without log-probabilities'),
  labels: z
    .enum(['soft', 'hard'])
    .default('soft')
    .describe('soft: keep the probability of the answer; hard: only the preferred side'),
  temperature: z
    .number()
    .positive()
    .default(1)
    .describe('Divides the log-odds of soft labels; above 1 lowers the confidence'),
  clamp: z
    .tuple([share, share])
    .refine(
      ([min, max]) => min <= 0.5 && max > 0.5,
      'must be [lowest, highest] with lowest <= 0.5 < highest: another range could strengthen or reverse a label',
    )
    .optional()
    .describe('Limits soft labels to this range, for example [0.4, 0.6]; default: no limit'),
  self_critique: z
    .strictObject({
      critic: judgeId
        .default('author')
        .describe('Judge that critiques and revises; author: the judge whose model wrote the response'),
      rounds: z.int().min(1).max(16).default(2).describe('Rounds of critique and revision; default: 2'),
      judges: z
        .array(judgeId)
        .min(1)
        .optional()
        .describe('Judges that must prefer a revision; default: every judge except the critic'),
      out: text
        .default('revisions.jsonl')
        .describe('File for the revisions (JSONL), inside `out` of the job'),
    })
    .optional()
    .describe('Critique and revise each response under drawn principles'),
});

/** A job file as written. */
export const jobSchema = z.strictObject({
  name: idSchema.optional().describe('Name of the run; default: the file name'),
  env: z
    .array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of a variable'))
    .default([])
    .describe(
      'Names of variables that `base_url` and `model` may use as `$' +
        '{NAME}`; those that name a setting (OLLAMA_MODEL, LLM_BASE_URL) need no entry, credentials are refused',
    ),
  items: text.describe('File of items to judge (JSONL, .gz accepted), for example items.jsonl'),
  labels: text.optional().describe('File of gold labels, written as votes (JSONL)'),
  votes: oneOrMore(text)
    .default([])
    .describe('Files of recorded votes to include, of humans or earlier runs (JSONL)'),
  calibration: text.optional().describe('Calibration file written by `quorate calibrate`'),
  out: text.default('out').describe('Folder for results; default: out'),
  store: text.default('.quorate/quorate.db').describe('Database of the run, or a postgres:// URL'),
  seed: z.int().default(1).describe('Seed of all random choices; default: 1'),
  concurrency: z
    .int()
    .min(1)
    .max(1024)
    .default(32)
    .describe('Maximum number of calls in flight; default: 32'),
  mode: z
    .enum(['live', 'batch', 'auto'])
    .default('live')
    .describe(
      'live: synchronous calls; batch: the batch APIs of the providers, usually half the price; auto: batch where it is cheaper',
    ),
  rubric: text
    .optional()
    .describe('Rubric of judges without their own: a path, or the id of a shipped rubric'),
  panel: z.array(judgeSchema).default([]).describe('The judges: LLMs that rate under a rubric'),
  constitution: z
    .union([text, constitutionSectionSchema])
    .optional()
    .describe('Constitution for AI preference labels: a path, the id of a shipped one, or a mapping'),
  rules: rulesSchema.default([]).describe('Deterministic checks, without a model'),
  facts: factsSchema.optional().describe('Fact checks of the responses against sources'),
  peers: z
    .boolean()
    .default(false)
    .describe("The models that wrote the responses judge each other's, never their own family's"),
  verify: judgeId
    .optional()
    .describe("Judge that verifies the other judges' reasoning before their votes count"),
  debate: z
    .boolean()
    .default(false)
    .describe("Judges read each other's reasons once and vote again; both votes are kept"),
  prepare: z
    .strictObject({
      criteria_by: judgeId.optional().describe('Judge that writes criteria for each item'),
      reference_by: judgeId.optional().describe('Judge that writes missing reference answers'),
    })
    .default({})
    .describe('Work done once per item for all judges'),
  skip: z
    .array(z.enum(raterKinds))
    .default([])
    .describe('Kinds of raters to disable in this run, for example [fact]'),
  allocation: z
    .union([allocationKind, allocationSchema])
    .optional()
    .describe(
      'Which judge is asked next and when to stop; default: adaptive with several judges, otherwise fixed',
    ),
  budget: z
    .strictObject({
      max_usd: dollars.optional().describe('Maximum cost of the run in US dollars, for example 5'),
      per_item_usd: dollars.optional().describe('Maximum cost per item in US dollars'),
    })
    .default({})
    .describe('Hard limits in US dollars'),
  reconcile: z
    .strictObject({
      accept: z
        .number()
        .min(0.5)
        .max(1)
        .default(0.8)
        .describe('Minimum probability of an accepted pair, in [0.5, 1]; default: 0.8'),
      target_precision: z
        .number()
        .gt(0.5)
        .lt(1)
        .optional()
        .describe('Precision of accepted pairs, for example 0.95; the threshold is then chosen from labels'),
      same_family: z
        .enum(['recuse', 'downweight', 'keep'])
        .default('recuse')
        .describe(
          'Votes of a judge on responses of its own model family: excluded (and not asked for), down-weighted or kept',
        ),
      humans: z
        .enum(['pool', 'human_overrides', 'human_audits'])
        .default('pool')
        .describe('How human votes combine with votes of models'),
      length_effects: z
        .boolean()
        .default(true)
        .describe("Correct for judges' preference for longer responses"),
      quorum: z
        .int()
        .min(1)
        .default(1)
        .describe('Minimum number of raters with a decisive vote; with fewer a pair goes to review'),
    })
    .prefault({})
    .describe('How votes become preferences'),
  export: z.array(exportSchema).default([]).describe('Datasets to export after the run'),
});

/**
 * Names that a job may use besides the shipped ones, because the caller brings what they stand for.
 * @example
 * const known: KnownParts = { formats: ['my-format'] };
 */
export interface KnownParts {
  /** All of them, the shipped ones too. */
  readonly providers?: Providers;
  readonly formats?: readonly string[];
  /** What the caller gives as values: its files need not be there. */
  readonly given?: ReadonlySet<'items' | 'raters'>;
}

/** The schema of a job whose caller brings parts. */
export function jobSchemaWith(known: KnownParts): typeof jobSchema {
  const sections = sectionsWith(known);
  return sections === null ? jobSchema : jobSchema.extend(sections);
}

/** The sections that accept the names of parts; null where there are none but the shipped ones. */
export function sectionsWith({ providers, formats = [] }: KnownParts) {
  if (providers === undefined && formats.length === 0) return null;
  const judge =
    providers === undefined
      ? judgeSchema
      : judgeSchema.extend({ provider: providerSchema([...providers.keys()]) });
  return {
    panel: z.array(judge).default([]),
    export: z.array(exportSchemaWith([...exportFormats, ...formats])).default([]),
  };
}

/** A validated job file. */
export type WrittenJob = z.output<typeof jobSchema>;
