import { createRequire } from 'node:module';
import { RE2JS } from 're2js';
import { z } from 'zod';
import { detectedLanguages, primaryLanguage } from '../../domain/language.ts';
import {
  citationStyles,
  lengthUnits,
  lexiconLists,
  markdownElements,
  type Rule,
  ruleSeverities,
} from '../../domain/rule.ts';
import { sensitiveClasses } from '../../domain/sensitive.ts';
import { idSchema, share, text } from '../yaml/common-schema.ts';

const common = {
  id: idSchema.optional().describe('Short name, used in reports; default: the name of the check'),
  severity: z
    .enum(ruleSeverities)
    .default('penalty')
    .describe('veto takes the response out, penalty speaks against it, info is only told'),
  categories: z.array(text).min(1).optional().describe('Applies to items of these categories only'),
};
const bounds = { min: z.int().min(0).optional(), max: z.int().min(0).optional() };
const phrases = z.array(text).default([]);
const expect = z.enum(['present', 'absent']);

const pattern = text.superRefine((source, context) => {
  try {
    RE2JS.compile(source);
  } catch (error) {
    const detail = (error as Error).message.replace(/^error parsing regexp: /, '');
    context.addIssue(`is not a regular expression of RE2 (linear time, no lookaround): ${detail}`);
  }
});

/** Checks are synchronous here, and few rules have a schema: the validator is loaded for those only. */
const load = createRequire(import.meta.url);

const jsonSchema = z.record(z.string(), z.unknown()).superRefine((schema, context) => {
  try {
    const { Ajv2020 } = load('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');
    const addFormats = load('ajv-formats') as typeof import('ajv-formats');
    // as the rule will read it: patterns are RE2's, and a format that nobody knows would check nothing
    const regExp = Object.assign((pattern: string) => RE2JS.compile(pattern), { code: 'new RegExp' });
    const logger = { log() {}, error() {}, warn: refuse };
    const ajv = new Ajv2020({ strict: false, code: { regExp }, logger });
    addFormats.default(ajv);
    ajv.compile(schema)(null);
  } catch (error) {
    const isEndless = error instanceof RangeError;
    const detail = isEndless ? 'it refers to itself without end' : (error as Error).message;
    context.addIssue(`is not a JSON Schema (2020-12): ${detail}`);
  }
});

function refuse(complaint: unknown): never {
  throw new Error(String(complaint).replace(' ignored in schema', ''));
}

const language = text.refine(
  (code) => code === 'prompt' || detectedLanguages.has(primaryLanguage(code)),
  `is no language that can be told from a text; expected "prompt" or one of ${[...detectedLanguages].join(', ')}`,
);

const ruleSchema = z.discriminatedUnion('check', [
  z.strictObject({
    check: z.literal('regex'),
    ...common,
    pattern: pattern.describe('RE2 syntax; (?i) ignores case'),
    expect: expect.default('present'),
  }),
  z.strictObject({
    check: z.literal('length'),
    ...common,
    unit: z.enum(lengthUnits).default('words'),
    ...bounds,
  }),
  z.strictObject({ check: z.literal('json'), ...common, schema: jsonSchema.optional() }),
  z.strictObject({
    check: z.literal('code'),
    ...common,
    language: text.optional(),
    parses: z.boolean().default(true).describe('json, yaml, javascript and typescript are read'),
  }),
  z.strictObject({
    check: z.literal('language'),
    ...common,
    is: z
      .union([language, z.array(language).min(1)])
      .describe('ISO 639-1 codes, or "prompt": the language of the prompt'),
  }),
  z.strictObject({ check: z.literal('mentions'), ...common, all: phrases, any: phrases, none: phrases }),
  z.strictObject({ check: z.literal('citations'), ...common, style: z.enum(citationStyles), ...bounds }),
  z.strictObject({ check: z.literal('markdown'), ...common, element: z.enum(markdownElements), ...bounds }),
  z.strictObject({ check: z.literal('refusal'), ...common, expect: expect.default('absent') }),
  z.strictObject({ check: z.literal('evasion'), ...common }),
  z.strictObject({
    check: z.literal('leak'),
    ...common,
    classes: z.array(z.enum(sensitiveClasses)).min(1).optional(),
    region: z
      .string()
      .regex(/^[A-Z]{2}$/, 'must be a country code such as US')
      .optional(),
    score: share.default(0.5).describe('How sure a recogniser must be'),
  }),
  z.strictObject({
    check: z.literal('lexicon'),
    ...common,
    lists: z.array(z.enum(lexiconLists)).default([]),
    words: phrases,
  }),
  z.strictObject({
    check: z.literal('answer'),
    ...common,
    match: z.enum(['exact', 'contains', 'numeric', 'choice']).default('exact'),
    value: z.union([text, z.number()]).optional().describe("Default: the item's reference"),
    tolerance: z.number().min(0).default(1e-9).describe('Largest absolute difference'),
    relative: z.number().min(0).default(0).describe('Largest difference as a share of the value'),
  }),
  z.strictObject({ check: z.literal('repetition'), ...common, max: share.default(0.2) }),
  z.strictObject({ check: z.literal('truncation'), ...common }),
  z.strictObject({ check: z.literal('prompt-leak'), ...common, words: z.int().min(3).max(200).default(12) }),
  z.strictObject({ check: z.literal('instructions'), ...common }),
  z.strictObject({
    check: z.literal('command'),
    ...common,
    run: z.array(text).min(1).describe('Program and arguments; needs --allow-commands'),
    seconds: z.number().positive().max(600).default(10),
    megabytes: z.number().positive().default(1024),
  }),
]);

/** Per rule, so that one wrong rule keeps nothing back about the others. */
const soundRule = ruleSchema.superRefine((rule, context) => {
  if ('min' in rule && rule.min !== undefined && rule.max !== undefined && rule.max < rule.min)
    context.addIssue({ code: 'custom', path: ['max'], message: 'must not be below "min"' });
  if (isEmpty(rule)) context.addIssue({ code: 'custom', message: 'checks nothing: say what' });
});

/** The `rules` section of a job or a rubric. */
export const rulesSchema = z
  .array(soundRule)
  .superRefine((rules, context) => {
    const seen = new Set<string>();
    for (const [index, rule] of rules.entries()) {
      const id = rule.id ?? rule.check;
      if (seen.has(id))
        context.addIssue({ code: 'custom', path: [index], message: `goes by "${id}" like a rule before it` });
      seen.add(id);
    }
  })
  .transform((rules) => rules.map((rule): Rule => ({ ...rule, id: rule.id ?? rule.check })));

function isEmpty(rule: z.output<typeof ruleSchema>): boolean {
  if (rule.check === 'mentions') return rule.all.length + rule.any.length + rule.none.length === 0;
  if (rule.check === 'lexicon') return rule.lists.length + rule.words.length === 0;
  return rule.check === 'length' && rule.min === undefined && rule.max === undefined;
}
