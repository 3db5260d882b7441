import { z } from 'zod';
import { type Rule, ruleSeverities } from '../../domain/rule.ts';
import type { RuleKind } from '../../raters/rules/rule-kind.ts';
import { ruleKinds } from '../../raters/rules/rule-kinds.ts';
import { idSchema, text } from '../yaml/common-schema.ts';

const common = {
  id: idSchema.optional().describe('Name of the rule in reports; default: the name of the check'),
  severity: z
    .enum(ruleSeverities)
    .default('penalty')
    .describe(
      'Effect of a failure: veto excludes the response, penalty is a vote against it, info is only reported',
    ),
  categories: z
    .array(text)
    .min(1)
    .optional()
    .describe('Applies only to items of these categories; default: all'),
};
type SchemaOf<Kind> =
  Kind extends RuleKind<infer Name, infer Options>
    ? z.ZodObject<{ check: z.ZodLiteral<Name> } & typeof common & Options, z.core.$strict>
    : never;
type Schemas<Kinds extends readonly unknown[]> = { -readonly [Index in keyof Kinds]: SchemaOf<Kinds[Index]> };

/** The schema of every kind of rule, made from the options that its file declares. */
const ruleSchema = z.discriminatedUnion(
  'check',
  ruleKinds.map(({ check, options }) =>
    z.strictObject({ check: z.literal(check), ...common, ...options }),
  ) as unknown as Schemas<typeof ruleKinds>,
);

/** Checked per rule, so that one invalid rule does not hide the mistakes of others. */
const soundRule = ruleSchema.superRefine((rule, context) => {
  if ('min' in rule && rule.min !== undefined && rule.max !== undefined && rule.max < rule.min)
    context.addIssue({ code: 'custom', path: ['max'], message: 'must not be below "min"' });
  const kind = ruleKinds.find(({ check }) => check === rule.check) as RuleKind<string, z.ZodRawShape>;
  const problem = kind.problem?.(rule);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
});

/** The `rules` section of a job or a rubric. */
export const rulesSchema = z
  .array(soundRule)
  .superRefine((rules, context) => {
    const seen = new Set<string>();
    for (const [index, rule] of rules.entries()) {
      const id = rule.id ?? rule.check;
      if (seen.has(id))
        context.addIssue({ code: 'custom', path: [index], message: `has the id "${id}" of an earlier rule` });
      seen.add(id);
    }
  })
  .transform((rules) => rules.map((rule): Rule => ({ ...rule, id: rule.id ?? rule.check })));
