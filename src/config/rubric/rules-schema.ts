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
const bounds = {
  min: z.int().min(0).optional().describe('Minimum, inclusive'),
  max: z.int().min(0).optional().describe('Maximum, inclusive'),
};
const phrases = z.array(text).default([]);
const expect = z.enum(['present', 'absent']);

const pattern = text.superRefine((source, context) => {
  try {
    RE2JS.compile(source);
  } catch (error) {
    const detail = (error as Error).message.replace(/^error parsing regexp: /, '');
    context.addIssue(`is not an RE2 regular expression (linear time, no lookaround): ${detail}`);
  }
});

/** Zod checks are synchronous and few rules have a schema, so the validator is loaded on demand. */
const load = createRequire(import.meta.url);

const jsonSchema = z.record(z.string(), z.unknown()).superRefine((schema, context) => {
  try {
    const { Ajv2020 } = load('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');
    const addFormats = load('ajv-formats') as typeof import('ajv-formats');
    // as the rule compiles it: patterns in RE2; an unknown format is an error, because it would check nothing
    const regExp = Object.assign((pattern: string) => RE2JS.compile(pattern), { code: 'new RegExp' });
    const logger = { log() {}, error() {}, warn: throwWarning };
    const ajv = new Ajv2020({ strict: false, code: { regExp }, logger });
    addFormats.default(ajv);
    ajv.compile(schema)(null);
  } catch (error) {
    const isEndless = error instanceof RangeError;
    const detail = isEndless ? 'it refers to itself endlessly' : (error as Error).message;
    context.addIssue(`is not a JSON Schema (2020-12): ${detail}`);
  }
});

function throwWarning(warning: unknown): never {
  throw new Error(String(warning).replace(' ignored in schema', ''));
}

const language = text.refine(
  (code) => code === 'prompt' || detectedLanguages.has(primaryLanguage(code)),
  `is not a detectable language; expected "prompt" or one of ${[...detectedLanguages].join(', ')}`,
);

const ruleSchema = z.discriminatedUnion('check', [
  z.strictObject({
    check: z.literal('regex'),
    ...common,
    pattern: pattern.describe('Pattern in RE2 syntax, for example "(?i)as an AI"; (?i) ignores case'),
    expect: expect.default('present').describe('Whether the pattern must be present or absent'),
  }),
  z.strictObject({
    check: z.literal('length'),
    ...common,
    unit: z.enum(lengthUnits).default('words').describe('Unit of min and max; default: words'),
    ...bounds,
  }),
  z.strictObject({
    check: z.literal('json'),
    ...common,
    schema: jsonSchema.optional().describe('JSON Schema (2020-12) that the response must satisfy'),
  }),
  z.strictObject({
    check: z.literal('code'),
    ...common,
    language: text.optional().describe('Language of the code block, for example python; default: any'),
    parses: z.boolean().default(true).describe('Also check the syntax (json, yaml, javascript, typescript)'),
  }),
  z.strictObject({
    check: z.literal('language'),
    ...common,
    is: z
      .union([language, z.array(language).min(1)])
      .describe('ISO 639-1 codes, for example de, or "prompt" for the language of the prompt'),
  }),
  z.strictObject({ check: z.literal('mentions'), ...common, all: phrases, any: phrases, none: phrases }),
  z.strictObject({ check: z.literal('citations'), ...common, style: z.enum(citationStyles), ...bounds }),
  z.strictObject({ check: z.literal('markdown'), ...common, element: z.enum(markdownElements), ...bounds }),
  z.strictObject({ check: z.literal('refusal'), ...common, expect: expect.default('absent') }),
  z.strictObject({ check: z.literal('evasion'), ...common }),
  z.strictObject({
    check: z.literal('leak'),
    ...common,
    classes: z.array(z.enum(sensitiveClasses)).min(1).optional().describe('Classes to detect; default: all'),
    region: z
      .string()
      .regex(/^[A-Z]{2}$/, 'must be a country code such as US')
      .optional()
      .describe('Country code for national phone numbers, for example US'),
    score: share.default(0.5).describe('Minimum confidence of a recogniser, in [0, 1]; default: 0.5'),
  }),
  z.strictObject({
    check: z.literal('lexicon'),
    ...common,
    lists: z.array(z.enum(lexiconLists)).default([]).describe('Built-in word lists'),
    words: phrases.describe('Additional words and phrases'),
  }),
  z.strictObject({
    check: z.literal('answer'),
    ...common,
    match: z
      .enum(['exact', 'contains', 'numeric', 'choice'])
      .default('exact')
      .describe('How the answer is compared; choice: the letter of an option'),
    value: z.union([text, z.number()]).optional().describe("Expected answer; default: the item's reference"),
    tolerance: z.number().min(0).default(1e-9).describe('With numeric: maximum absolute difference'),
    relative: z
      .number()
      .min(0)
      .default(0)
      .describe('With numeric: maximum relative difference, for example 0.01'),
  }),
  z.strictObject({
    check: z.literal('repetition'),
    ...common,
    max: share.default(0.2).describe('Maximum share of repeated text; default: 0.2'),
  }),
  z.strictObject({ check: z.literal('truncation'), ...common }),
  z.strictObject({
    check: z.literal('prompt-leak'),
    ...common,
    words: z.int().min(3).max(200).default(12).describe('Length of a copied sequence of words; default: 12'),
  }),
  z.strictObject({ check: z.literal('instructions'), ...common }),
  z.strictObject({
    check: z.literal('command'),
    ...common,
    run: z
      .array(text)
      .min(1)
      .describe('Program and arguments, for example [python, check.py]; needs --allow-commands'),
    seconds: z.number().positive().max(600).default(10).describe('Timeout in seconds; default: 10'),
    megabytes: z.number().positive().default(1024).describe('Memory limit in megabytes; default: 1024'),
  }),
]);

/** Checked per rule, so that one invalid rule does not hide the mistakes of others. */
const soundRule = ruleSchema.superRefine((rule, context) => {
  if ('min' in rule && rule.min !== undefined && rule.max !== undefined && rule.max < rule.min)
    context.addIssue({ code: 'custom', path: ['max'], message: 'must not be below "min"' });
  if (isEmpty(rule)) context.addIssue({ code: 'custom', message: 'checks nothing: add a condition' });
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

function isEmpty(rule: z.output<typeof ruleSchema>): boolean {
  if (rule.check === 'mentions') return rule.all.length + rule.any.length + rule.none.length === 0;
  if (rule.check === 'lexicon') return rule.lists.length + rule.words.length === 0;
  return rule.check === 'length' && rule.min === undefined && rule.max === undefined;
}
