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
  // the names become file names, beside the list of what was refused
  .refine(
    (splits) => Object.keys(splits).every((name) => /^[a-z][a-z0-9_]*$/.test(name) && name !== 'refused'),
    'must have names of small letters, digits and _ that start with a letter, and none of them "refused"',
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

/** An export as it is written: an entry of a job, or the flags of `quorate export`. */
export const exportSchemaWith = (formats: readonly string[]) =>
  z
    .strictObject({
      out: text.describe('Folder to make, inside the folder for results; every run writes it anew'),
      kind: z.enum(datasetKinds).default(exportDefaults.kind).describe('What the rows are for'),
      format: z
        .enum(formats)
        .default(exportDefaults.format)
        .describe('Who reads the rows; trl-dpo: preference rows in trl'),
      container: z.enum(containerNames).default(exportDefaults.container),
      splits: splitsSchema
        .default({ train: 1 })
        .describe('Names and shares, for example {train: 0.9, test: 0.1}'),
      seed: z.int().optional().describe("Seed of the splits; default: the job's"),
      min_probability: z
        .number()
        .min(0.5)
        .max(1)
        .optional()
        .describe('Pairs below are left out as ambiguous; default: 0.5, which leaves it to reconcile'),
      pii: z
        .enum(piiPolicies)
        .default(exportDefaults.pii)
        .describe('Personal data and secrets: redact, refuse (leave the row out) or keep'),
      allow: z.array(text).default([]).describe('MUST rules that may fail; recorded in the manifest'),
      feedback: files.describe(
        'Feedback events or revisions: what was improved makes sft and preference rows',
      ),
      gaps: files.describe('Knowledge gaps with answers, for kind rag'),
      mix: files.describe('Public preference rows to mix in'),
      shares: sharesSchema.optional().describe('Rows by source, for example {human: 0.5, ai: 0.5}'),
      balance_length: z
        .boolean()
        .default(false)
        .describe('As many pairs whose longer response won as whose shorter one did'),
      benchmark: files.describe('Items or text files that must not be trained on'),
      previous: text.optional().describe('Folder of an earlier export: items keep their split'),
      title: text.optional().describe('Title of the card'),
      license: text.default(exportDefaults.license).describe('Licence of the data for the card'),
      feedback_store: text
        .default('.quorate/feedback.db')
        .describe('Store to tell which events went in, where there is one'),
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

export type WrittenExport = z.output<typeof exportSchema>;

/** What an entry means where it is written: its paths, and what holds if it does not say. */
export interface ExportContext {
  readonly out: string;
  readonly at: (path: string) => string;
  readonly seed: number;
  readonly minProbability: number;
  readonly title: string;
}

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
