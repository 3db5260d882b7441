import { asExportSpec, exportSchema } from '../../config/job/export-schema.ts';
import { checkValue } from '../../config/yaml/check-value.ts';
import { pathText } from '../../config/yaml/document-path.ts';
import type { DocumentPath } from '../../config/yaml/yaml-file.ts';
import { ConfigError } from '../../domain/errors.ts';
import type { ExportSpec } from '../../domain/export-spec.ts';

/** The options of `quorate export` as typed. */
export interface ExportFlags {
  readonly preferences?: string;
  readonly items?: string;
  readonly feedback?: readonly string[];
  readonly gaps?: readonly string[];
  readonly mix?: readonly string[];
  readonly shares?: string;
  readonly balanceLength?: boolean;
  readonly diff?: string;
  readonly out: string;
  readonly kind: string;
  readonly format: string;
  readonly container: string;
  readonly splits: string;
  readonly seed: string;
  readonly minProbability: string;
  readonly pii: string;
  readonly allow?: readonly string[];
  readonly benchmark?: readonly string[];
  readonly previous?: string;
  readonly reconciliation?: string;
  readonly title: string;
  readonly license: string;
  readonly feedbackStore: string;
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

/** The export that the flags stand for, under the rules of an entry of a job. @throws ConfigError */
export function exportSpecOfFlags(flags: ExportFlags, at: (path: string) => string): ExportSpec {
  const written = {
    out: flags.out,
    kind: flags.kind,
    format: flags.format,
    container: flags.container,
    splits: sharesIn('--splits', flags.splits, 'train=0.9,validation=0.05,test=0.05'),
    seed: numberIn(flags.seed),
    min_probability: numberIn(flags.minProbability),
    pii: flags.pii,
    allow: flags.allow,
    feedback: flags.feedback,
    gaps: flags.gaps,
    mix: flags.mix,
    shares: flags.shares && sharesIn('--shares', flags.shares, 'human=0.5,ai=0.3,public=0.2'),
    balance_length: flags.balanceLength,
    benchmark: flags.benchmark,
    previous: flags.previous,
    title: flags.title,
    license: flags.license,
    feedback_store: flags.feedbackStore,
  };
  const checked = checkValue(written, exportSchema, flagOf);
  if (checked.status === 'invalid') {
    const [first] = checked.findings;
    const messages = checked.findings.map(({ message }) => message);
    throw new ConfigError(messages.join('; '), [], first?.hint === undefined ? {} : { hint: first.hint });
  }
  const { seed = 0, min_probability: minProbability = 0.7, title = '' } = checked.data;
  return asExportSpec(checked.data, { out: at(flags.out), at, seed, minProbability, title });
}

/** `min_probability` is written `--min-probability` here. */
function flagOf(path: DocumentPath): string {
  return `--${pathText(path).replaceAll('_', '-')}`;
}

/** Text that is not a number stays as it is, so that the error can quote it. */
function numberIn(text: string): number | string {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? text : value;
}

/** `train=0.9,test=0.1`, each name once. */
function sharesIn(flag: string, text: string, example: string): Readonly<Record<string, number>> {
  const shares = text.split(',').map((part) => {
    const [name = '', share = ''] = part.split('=').map((piece) => piece.trim());
    return [name, share === '' ? Number.NaN : Number(share)] as const;
  });
  const named = new Map(shares);
  if (named.size < shares.length || shares.some(([name, share]) => name === '' || Number.isNaN(share))) {
    throw new ConfigError(`${flag} must be names with shares, each name once, received "${text}"`, [], {
      hint: `for example ${flag} ${example}`,
    });
  }
  return Object.fromEntries(named);
}
