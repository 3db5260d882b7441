import { z } from 'zod';
import { exportFormats } from '../../domain/export-spec.ts';
import { raterKinds } from '../../domain/vote.ts';
import type { Providers } from '../../ports/provider.ts';
import { rulesSchema } from '../rubric/rules-schema.ts';
import { dollars, idSchema, share, text } from '../yaml/common-schema.ts';
import { exportSchema, exportSchemaWith } from './export-schema.ts';
import { factsSchema } from './facts-schema.ts';
import { judgeSchema, providerSchema } from './judge-schema.ts';

const judgeId = idSchema.describe('Id of a judge of the panel');
const allocationKind = z.enum(['fixed', 'cascade', 'adaptive']);
const oneOrMore = <T extends z.ZodType>(schema: T) => z.union([schema, z.array(schema)]);

export const allocationSchema = z.strictObject({
  kind: allocationKind,
  target_error: share
    .default(0.05)
    .describe('Stop an item when its decision is wrong with at most this chance'),
  max_calls_per_item: z.int().min(1).optional(),
  stages: z.array(z.array(judgeId).min(1)).min(1).optional().describe('cascade: judges stage by stage'),
});

export const constitutionSectionSchema = z.strictObject({
  files: oneOrMore(text).describe('Paths of constitutions, or ids of shipped ones'),
  judges: z
    .array(judgeId)
    .min(1)
    .optional()
    .describe('Who answers the preference questions; default: every judge'),
  principles_per_pair: z.int().min(1).default(1).describe('Principles drawn for each pair'),
  samples: z.int().min(1).default(1).describe('Repeated samples where log-probabilities are not offered'),
  labels: z
    .enum(['soft', 'hard'])
    .default('soft')
    .describe('Keep the strength of the answer, or only its side'),
  temperature: z.number().positive().default(1).describe('Divides soft labels on the log-odds scale'),
  clamp: z
    .tuple([share, share])
    .refine(
      ([min, max]) => min <= 0.5 && max > 0.5,
      'must be [lowest, highest] with 0.5 between them: another range would make a label surer, or turn it round',
    )
    .optional()
    .describe('Holds soft labels inside this range, for example [0.4, 0.6]'),
  self_critique: z
    .strictObject({
      critic: judgeId
        .default('author')
        .describe('The judge that critiques and revises; author: whose model wrote the response'),
      rounds: z.int().min(1).max(16).default(2),
      judges: z
        .array(judgeId)
        .min(1)
        .optional()
        .describe('Who must prefer a revision; default: every judge but the critic'),
      out: text
        .default('revisions.jsonl')
        .describe('Where revisions are written, inside the folder for results'),
    })
    .optional()
    .describe('Critique and revise responses against drawn principles'),
});

/** A job file as it is written. */
export const jobSchema = z.strictObject({
  name: idSchema.optional().describe('Name of the run; default: the file name'),
  items: text.describe('Items to judge (JSONL, .gz accepted)'),
  labels: text.optional().describe('Gold labels, as votes (JSONL)'),
  votes: oneOrMore(text)
    .default([])
    .describe('Recorded votes of people or earlier runs that join in (JSONL)'),
  calibration: text.optional().describe('What `quorate calibrate` wrote'),
  out: text.default('out').describe('Folder for results'),
  store: text.default('.quorate/quorate.db').describe('Database of the run, or a postgres:// URL'),
  seed: z.int().default(1).describe('Seed of every random choice'),
  concurrency: z.int().min(1).max(1024).default(32).describe('Most calls in flight'),
  mode: z
    .enum(['live', 'batch', 'auto'])
    .default('live')
    .describe("batch: the providers' half-price batch APIs"),
  rubric: text
    .optional()
    .describe('Path of a rubric, or the id of a shipped one, for judges without their own'),
  panel: z.array(judgeSchema).default([]).describe('The judges'),
  constitution: z
    .union([text, constitutionSectionSchema])
    .optional()
    .describe('Path or shipped id of a constitution, or all its options'),
  rules: rulesSchema.default([]).describe('Checks without a model'),
  facts: factsSchema.optional().describe('Fact checks'),
  peers: z.boolean().default(false).describe("The authors' models judge each other's responses"),
  verify: judgeId.optional().describe("The judge that checks the others' reasoning before their votes count"),
  debate: z.boolean().default(false).describe("Judges see each other's reasons once and vote again"),
  prepare: z
    .strictObject({
      criteria_by: judgeId.optional().describe('The judge that writes criteria for each item'),
      reference_by: judgeId.optional().describe('The judge that writes missing reference answers'),
    })
    .default({}),
  skip: z.array(z.enum(raterKinds)).default([]).describe('Kinds of raters to switch off for this run'),
  allocation: z
    .union([allocationKind, allocationSchema])
    .optional()
    .describe('Who is asked next and when to stop; default: adaptive with several judges, else fixed'),
  budget: z
    .strictObject({ max_usd: dollars.optional(), per_item_usd: dollars.optional() })
    .default({})
    .describe('Hard limits in US dollars'),
  reconcile: z
    .strictObject({
      accept: z.number().min(0.5).max(1).default(0.8).describe('A pair is accepted from this probability on'),
      target_precision: z
        .number()
        .gt(0.5)
        .lt(1)
        .optional()
        .describe('Choose the threshold from labels instead'),
      same_family: z.enum(['recuse', 'downweight', 'keep']).default('recuse'),
      humans: z.enum(['pool', 'human_overrides', 'human_audits']).default('pool'),
      length_effects: z.boolean().default(true),
      quorum: z
        .int()
        .min(1)
        .default(1)
        .describe('Raters with a decisive vote below which a pair goes to review'),
    })
    .prefault({})
    .describe('How votes become preferences'),
  export: z.array(exportSchema).default([]).describe('Training sets to write'),
});

/** Names that a job may use besides the shipped ones, because the caller brings what they stand for. */
export interface KnownParts {
  /** All of them, the shipped ones too. */
  readonly providers?: Providers;
  readonly formats?: readonly string[];
  /** What the caller gives as values: its files need not be there. */
  readonly given?: ReadonlySet<'items' | 'raters'>;
}

/** The schema of a job whose caller brings parts. */
export function jobSchemaWith({ providers, formats = [] }: KnownParts): typeof jobSchema {
  if (providers === undefined && formats.length === 0) return jobSchema;
  const judge =
    providers === undefined
      ? judgeSchema
      : judgeSchema.extend({ provider: providerSchema([...providers.keys()]) });
  return jobSchema.extend({
    panel: z.array(judge).default([]),
    export: z.array(exportSchemaWith([...exportFormats, ...formats])).default([]),
  });
}

export type WrittenJob = z.output<typeof jobSchema>;
