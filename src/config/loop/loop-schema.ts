import { z } from 'zod';
import { byTrigger, type TriggerId, triggerDefinition } from '../../domain/loop.ts';
import { idSchema, share, text } from '../yaml/common-schema.ts';

const variableName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of a variable');
const oneOrMore = <T extends z.ZodType>(schema: T) => z.union([schema, z.array(schema)]);
const days = z.number().positive();

const commandShape = {
  run: z
    .array(text)
    .min(1)
    .optional()
    .describe('Program and arguments, run without a shell, for example [python, train.py]'),
  shell: text
    .optional()
    .describe(
      'Command line for /bin/sh, instead of run; use the QUORATE_* variables, placeholders are not replaced',
    ),
  env: z
    .array(variableName)
    .default([])
    .describe(
      'Names of environment variables to pass, in addition to PATH, HOME, LANG, TMPDIR and QUORATE_*',
    ),
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
    dataset: text.describe('Dataset folder written by `quorate export`'),
    set: z
      .record(variableName, z.string())
      .default({})
      .describe('Environment variables with fixed values, for example {SEED: "1"}'),
    base_model: text.optional().describe('Base model of the training, recorded in the lineage'),
    artefact: text
      .default('{output}')
      .describe('Path of the result to register, with placeholders; default: {output}'),
    metrics: z
      .union([text, z.literal(false)])
      .default('{output}/metrics.json')
      .describe('JSON file of numbers that the command writes, with placeholders; false: none'),
    on_crash: z
      .enum(['restart', 'resume'])
      .default('restart')
      .describe('After a crash: restart in an empty folder, or resume in the same one'),
    resume_arguments: z
      .array(text)
      .default([])
      .describe('Arguments appended to the command when it resumes, for example [--resume]'),
    max_attempts: z.int().min(1).max(100).default(2).describe('Maximum number of attempts; default: 2'),
    timeout_hours: z
      .number()
      .positive()
      .optional()
      .describe('Timeout of one attempt, in hours; default: none'),
  })
  .refine(...oneCommand);

const actionSchema = z
  .union([z.enum(['report', 'train']), commandSchema])
  .describe('What a firing starts: report (only the record), train, or a command');

const count = z.number().min(0);

function triggerSchema(id: TriggerId) {
  const { defaults, threshold, description } = triggerDefinition(id);
  const over = threshold === 'share' ? share : count;
  return z
    .strictObject({
      enabled: z.boolean().default(true).describe('false disables the trigger'),
      over: over
        .default(defaults.over)
        .describe(`Threshold: the trigger fires above this; default: ${defaults.over}`),
      rearm_at: over
        .default(defaults.rearm_at)
        .describe(
          `After a firing the trigger is armed again at or below this; default: ${defaults.rearm_at}`,
        ),
      window_days: days
        .default(defaults.window_days)
        .describe(`Length of the measured window, in days; default: ${defaults.window_days}`),
      cooldown_days: z
        .number()
        .min(0)
        .default(defaults.cooldown_days)
        .describe(`Minimum days between two firings for the same cause; default: ${defaults.cooldown_days}`),
      minimum: z
        .int()
        .min(1)
        .default(defaults.minimum)
        .describe(`Minimum number of observations for a decision; default: ${defaults.minimum}`),
      confidence: z
        .number()
        .gt(0.5)
        .lt(1)
        .default(0.95)
        .describe('One-sided confidence of the bound that must exceed the threshold; default: 0.95'),
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
        .describe(`Cron pattern, default "${at}"; false disables the task`),
      work: commandSchema.optional().describe('Command that runs after the built-in work of the task'),
    })
    .prefault({})
    .describe(description);
}

const experimentSchema = z.strictObject({
  id: idSchema.describe('Name of the experiment, for example prompt-v2'),
  salt: text.optional().describe('Salt of the assignment; change it to assign users anew; default: the id'),
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
    .describe('Arms with their shares of users; the first arm is the control'),
  since: z.iso
    .datetime()
    .optional()
    .describe('Ignore signals before this time: RFC 3339, UTC, for example 2026-01-01T00:00:00Z'),
  margin: z
    .number()
    .gt(-1)
    .lt(1)
    .default(0)
    .describe('An arm passes if it beats the control by more than this; negative: non-inferiority'),
  alpha: z.number().gt(0).lt(0.5).default(0.05).describe('One-sided error probability; default: 0.05'),
  settle_hours: z
    .number()
    .min(0)
    .default(24)
    .describe("Hours after a user's first signal before the user counts; default: 24"),
});

/** A loop file as written. */
export const loopSchema = z.strictObject({
  name: idSchema.optional().describe('Name of the loop; default: the file name'),
  model: idSchema.describe('Name of the model in the registry'),
  registry: text.default('.quorate/registry.db').describe('Model registry (SQLite file)'),
  feedback: text.default('.quorate/feedback.db').describe('Feedback store (SQLite file)'),
  state: text.default('.quorate/loop.db').describe('State of the loop (SQLite file)'),
  out: text.default('loop').describe('Folder for reports and trainings; default: loop'),
  preferences: oneOrMore(text)
    .default([])
    .describe('Files of preferences written by `quorate reconcile` (JSONL), for trigger new_pairs'),
  votes: oneOrMore(text)
    .default([])
    .describe('Files of votes of judges and humans (JSONL), for trigger judge_drift'),
  train: trainSchema.optional().describe('The training command'),
  triggers: triggersSchema.describe('Conditions that start a training or a report'),
  cadence: z
    .strictObject({
      timezone: text.default('UTC').describe('Time zone of the patterns, for example Europe/Berlin'),
      safety: cadenceSchema('*/10 * * * * *', 'Checks for new safety flags'),
      daily: cadenceSchema('0 6 * * *', 'Reviews all triggers'),
      weekly: cadenceSchema('0 7 * * 1', 'Work on retrieval index and prompts'),
      monthly: cadenceSchema('0 8 1 * *', 'Decides whether a training is due'),
      quarterly: cadenceSchema('0 9 1 1,4,7,10 *', 'Full evaluation'),
    })
    .prefault({})
    .describe('Schedule of the recurring tasks'),
  experiments: z.array(experimentSchema).default([]).describe('A/B tests'),
});

/** A validated loop file. */
export type WrittenLoop = z.output<typeof loopSchema>;
/** A validated command. */
export type WrittenCommand = z.output<typeof commandSchema>;
