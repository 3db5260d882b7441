import { z } from 'zod';
import {
  containerNames,
  datasetKinds,
  type ExportSpec,
  exportDefaults,
  exportFormats,
  piiPolicies,
} from '../../domain/export-spec.ts';
import { defined, share, text } from '../yaml/common-schema.ts';

const files = z.union([text, z.array(text).min(1)]).default([]);
const part = share.gt(0);

const addUpToOne = [
  (shares: Readonly<Record<string, number | undefined>>) =>
    Math.abs(Object.values(shares).reduce<number>((sum, each) => sum + (each ?? 0), 0) - 1) < 1e-9,
  'must have shares that add up to 1',
] as const;

const splitsSchema = z
  .record(z.string(), part)
  // names become file names, next to refused.jsonl
  .refine(
    (splits) => Object.keys(splits).every((name) => /^[a-z][a-z0-9_]*$/.test(name) && name !== 'refused'),
    'must have names of lower-case letters, digits and _ that start with a letter; "refused" is reserved',
  )
  .refine(...addUpToOne);

const sharesSchema = z
  .strictObject({
    human: part.optional(),
    ai: part.optional(),
    mixed: part.optional(),
    public: part.optional(),
  })
  .refine(...addUpToOne);

/** An export as written: an entry of a job, or the flags of `quorate export`. */
export const exportSchemaWith = (formats: readonly string[]) =>
  z
    .strictObject({
      out: text.describe('Folder to create inside `out` of the job, for example dpo; each run rewrites it'),
      kind: z
        .enum(datasetKinds)
        .default(exportDefaults.kind)
        .describe('What the rows train: preference (DPO), reward, kto, sft, ranking, …'),
      format: z
        .enum(formats)
        .default(exportDefaults.format)
        .describe('Trainer or layout of the rows; trl-dpo is short for preference rows in trl'),
      container: z
        .enum(containerNames)
        .default(exportDefaults.container)
        .describe('File type; default: jsonl'),
      splits: splitsSchema
        .default({ train: 1 })
        .describe('Names and shares of the splits, for example {train: 0.9, test: 0.1}'),
      seed: z.int().optional().describe('Seed of the splits; default: the seed of the job'),
      min_probability: z
        .number()
        .min(0.5)
        .max(1)
        .optional()
        .describe('Omit pairs with a lower probability, in [0.5, 1]; default: 0.5, all accepted pairs'),
      pii: z
        .enum(piiPolicies)
        .default(exportDefaults.pii)
        .describe('Personal data and secrets: redact (placeholders), refuse (omit the row) or keep'),
      allow: z
        .array(text)
        .default([])
        .describe('Names of MUST rules that may fail; recorded in the manifest'),
      feedback: files.describe('Files of feedback events or revisions, for sft and preference rows'),
      gaps: files.describe('Files of knowledge gaps with answers, for kind rag'),
      mix: files.describe('Files of public preference rows to mix in'),
      shares: sharesSchema
        .optional()
        .describe('Target shares of the rows by source, for example {human: 0.5, ai: 0.5}'),
      balance_length: z
        .boolean()
        .default(false)
        .describe('Balance pairs whose longer response won against pairs whose shorter one won'),
      benchmark: files.describe('Item or text files that must not be trained on (decontamination)'),
      previous: text.optional().describe('Folder of an earlier export whose items keep their split'),
      title: text.optional().describe('Title of the dataset card'),
      license: text
        .default(exportDefaults.license)
        .describe('License of the data for the dataset card, for example cc-by-4.0'),
      feedback_store: text
        .default('.quorate/feedback.db')
        .describe('Feedback store that records which events were exported, if it exists'),
    })
    .refine(({ kind, gaps }) => kind !== 'rag' || gaps.length > 0, {
      path: ['gaps'],
      error: 'must name the knowledge gaps that rag rows are made from',
    })
    .refine(({ kind, format }) => format !== 'trl-dpo' || kind === 'preference', {
      path: ['kind'],
      error: 'must be preference with format trl-dpo (format trl takes the other kinds)',
    });

export const exportSchema = exportSchemaWith(exportFormats);

/** A validated export entry. */
export type WrittenExport = z.output<typeof exportSchema>;

/** The defaults and the path resolution of the place where an export is written. */
export interface ExportContext {
  readonly out: string;
  readonly at: (path: string) => string;
  readonly seed: number;
  readonly minProbability: number;
  readonly title: string;
}

/** Turns a validated export entry into an ExportSpec with absolute paths. */
export function asExportSpec(written: WrittenExport, context: ExportContext): ExportSpec {
  const { kind, format, container, pii, allow, license } = written;
  const filesOf = (names: string | readonly string[]) => [names].flat().map(context.at);
  return {
    out: context.out,
    kind,
    format,
    container,
    splits: Object.entries(written.splits).map(([name, share]) => ({ name, share })),
    seed: written.seed ?? context.seed,
    minProbability: written.min_probability ?? context.minProbability,
    pii,
    allow,
    feedback: filesOf(written.feedback),
    gaps: filesOf(written.gaps),
    mix: filesOf(written.mix),
    benchmark: filesOf(written.benchmark),
    previous: written.previous === undefined ? null : context.at(written.previous),
    shares: written.shares === undefined ? null : defined(written.shares),
    balanceLength: written.balance_length,
    title: written.title ?? context.title,
    license,
    feedbackStore: context.at(written.feedback_store),
  };
}
