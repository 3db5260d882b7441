import { z } from 'zod';
import { byTrigger, type TriggerId, triggerDefinition } from '../../domain/loop.ts';
import { idSchema, share, text } from '../yaml/common-schema.ts';

const variableName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of a variable');
const oneOrMore = <T extends z.ZodType>(schema: T) => z.union([schema, z.array(schema)]);
const days = z.number().positive();

const commandShape = {
  run: z.array(text).min(1).optional().describe('Program and arguments; no shell reads them'),
  shell: text
    .optional()
    .describe('A line for /bin/sh instead of run; placeholders are not filled in, use the variables'),
  env: z
    .array(variableName)
    .default([])
    .describe('Variables that it gets beyond PATH, HOME, LANG, TMPDIR and QUORATE_*'),
};
const oneCommand = [
  (value: { readonly run?: unknown; readonly shell?: unknown }) =>
    (value.run === undefined) !== (value.shell === undefined),
  'must have either "run" or "shell"',
] as const;

const commandSchema = z.strictObject(commandShape).refine(...oneCommand);

const trainSchema = z
  .strictObject({
    ...commandShape,
    dataset: text.describe('Folder that `quorate export` wrote'),
    set: z.record(variableName, z.string()).default({}).describe('Variables with fixed values'),
    base_model: text.optional(),
    artefact: text.default('{output}').describe('What is registered'),
    metrics: z
      .union([text, z.literal(false)])
      .default('{output}/metrics.json')
      .describe('JSON file with numbers that the command writes; false: none'),
    on_crash: z.enum(['restart', 'resume']).default('restart'),
    resume_arguments: z
      .array(text)
      .default([])
      .describe('Added to the command when it goes on after a crash'),
    max_attempts: z.int().min(1).max(100).default(2),
    timeout_hours: z.number().positive().optional(),
  })
  .refine(...oneCommand);

const actionSchema = z
  .union([z.enum(['report', 'train']), commandSchema])
  .describe('What a firing does besides its record');

const count = z.number().min(0);

function triggerSchema(id: TriggerId) {
  const { defaults, threshold, description } = triggerDefinition(id);
  const over = threshold === 'share' ? share : count;
  return z
    .strictObject({
      enabled: z.boolean().default(true),
      over: over.default(defaults.over).describe('Threshold'),
      rearm_at: over.default(defaults.rearm_at).describe('Armed again at or below this'),
      window_days: days.default(defaults.window_days),
      cooldown_days: z.number().min(0).default(defaults.cooldown_days),
      minimum: z.int().min(1).default(defaults.minimum).describe('Fewest observations that decide'),
      confidence: z
        .number()
        .gt(0.5)
        .lt(1)
        .default(0.95)
        .describe('One-sided, of the bound that must pass the threshold'),
      action: actionSchema.default(defaults.action),
    })
    .refine((rule) => rule.rearm_at <= rule.over, 'must have rearm_at at or below over')
    .prefault({})
    .describe(description);
}

const triggersSchema = z.strictObject(byTrigger(triggerSchema)).prefault({});

function cadenceSchema(at: string, description: string) {
  return z
    .strictObject({
      at: z
        .union([text, z.literal(false)])
        .default(at)
        .describe('Cron pattern; false switches it off'),
      work: commandSchema.optional().describe('Runs after its own work'),
    })
    .prefault({})
    .describe(description);
}

const experimentSchema = z.strictObject({
  id: idSchema,
  salt: text.optional().describe('Another salt, another draw of users; default: the id'),
  arms: z
    .array(z.strictObject({ id: idSchema, share: z.number().gt(0).lt(1) }))
    .min(2)
    .refine(
      (arms) => Math.abs(arms.reduce((sum, arm) => sum + arm.share, 0) - 1) < 1e-9,
      'must have shares that add up to 1',
    )
    .refine(
      (arms) => new Set(arms.map(({ id }) => id)).size === arms.length,
      'must have arms with different ids',
    )
    .describe('The first one is what the others are compared with'),
  since: z.iso.datetime().optional().describe('RFC 3339, UTC: signals before do not count'),
  margin: z.number().gt(-1).lt(1).default(0),
  alpha: z.number().gt(0).lt(0.5).default(0.05),
  settle_hours: z.number().min(0).default(24),
});

/** A loop file as it is written. */
export const loopSchema = z.strictObject({
  name: idSchema.optional().describe('Default: the file name'),
  model: idSchema.describe('Name of the model in the registry'),
  registry: text.default('.quorate/registry.db'),
  feedback: text.default('.quorate/feedback.db'),
  state: text.default('.quorate/loop.db').describe('What the loop remembers'),
  out: text.default('loop').describe('Folder for reports and trainings'),
  preferences: oneOrMore(text).default([]).describe('What `quorate reconcile` wrote (JSONL)'),
  votes: oneOrMore(text).default([]).describe("Votes of judges and people (JSONL), for the judges' drift"),
  train: trainSchema.optional().describe('The command that trains'),
  triggers: triggersSchema,
  cadence: z
    .strictObject({
      timezone: text.default('UTC'),
      safety: cadenceSchema('*/10 * * * * *', 'Looks for flags of safety'),
      daily: cadenceSchema('0 6 * * *', 'Review of all rules'),
      weekly: cadenceSchema('0 7 * * 1', 'Work on index and prompts'),
      monthly: cadenceSchema('0 8 1 * *', 'Is a training due?'),
      quarterly: cadenceSchema('0 9 1 1,4,7,10 *', 'Full evaluation'),
    })
    .prefault({}),
  experiments: z.array(experimentSchema).default([]),
});

export type WrittenLoop = z.output<typeof loopSchema>;
export type WrittenCommand = z.output<typeof commandSchema>;
