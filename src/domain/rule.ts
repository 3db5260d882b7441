import type { SensitiveClass } from './sensitive.ts';

/** What a failed check does: takes the candidate out, speaks against it, or is only told. */
export const ruleSeverities = ['veto', 'penalty', 'info'] as const;
export type RuleSeverity = (typeof ruleSeverities)[number];

export const lengthUnits = ['words', 'characters', 'sentences', 'tokens'] as const;
export const citationStyles = ['brackets', 'author-year', 'url', 'footnote'] as const;
export const markdownElements = [
  'heading',
  'bullet',
  'numbered',
  'table',
  'bold',
  'code',
  'link',
  'quote',
  'any',
] as const;
export const lexiconLists = [
  'profanity',
  'slurs',
  'sexual',
  'violence',
  'self-harm',
  'weapons',
  'drugs',
] as const;

/** A number of something: at least, at most, or both. */
export interface Bounds {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** What a rule looks at. One check each; options are single words so that the file's shape is the type. */
export type RuleCheck =
  /** RE2 syntax, linear time; `(?i)` ignores case. */
  | { readonly check: 'regex'; readonly pattern: string; readonly expect: 'present' | 'absent' }
  | ({ readonly check: 'length'; readonly unit: (typeof lengthUnits)[number] } & Bounds)
  /** The reply, or its one code block, is JSON and fits the JSON Schema. */
  | { readonly check: 'json'; readonly schema?: Readonly<Record<string, unknown>> | undefined }
  /** Has a code block (of a language); `parses` also reads it, for the languages that can be read. */
  | { readonly check: 'code'; readonly language?: string | undefined; readonly parses: boolean }
  /** ISO 639-1 codes, or `prompt` for the language of the prompt. */
  | { readonly check: 'language'; readonly is: string | readonly string[] }
  | {
      readonly check: 'mentions';
      readonly all: readonly string[];
      readonly any: readonly string[];
      readonly none: readonly string[];
    }
  | ({ readonly check: 'citations'; readonly style: (typeof citationStyles)[number] } & Bounds)
  | ({ readonly check: 'markdown'; readonly element: (typeof markdownElements)[number] } & Bounds)
  | { readonly check: 'refusal'; readonly expect: 'present' | 'absent' }
  | { readonly check: 'evasion' }
  | {
      readonly check: 'leak';
      readonly classes?: readonly SensitiveClass[] | undefined;
      /** Country by whose writing national phone numbers are read. */
      readonly region?: string | undefined;
      readonly score: number;
    }
  | {
      readonly check: 'lexicon';
      readonly lists: readonly (typeof lexiconLists)[number][];
      readonly words: readonly string[];
    }
  | {
      readonly check: 'answer';
      readonly match: 'exact' | 'contains' | 'numeric' | 'choice';
      /** Absent: the item's own reference. */
      readonly value?: string | number | undefined;
      /** Numeric: largest absolute and relative differences that still count. */
      readonly tolerance: number;
      readonly relative: number;
    }
  | { readonly check: 'repetition'; readonly max: number }
  | { readonly check: 'truncation' }
  /** A run of this many words in common with the system messages. */
  | { readonly check: 'prompt-leak'; readonly words: number }
  /** The item's own IFEval-style instructions: metadata `instruction_id_list` and `kwargs`. */
  | { readonly check: 'instructions' }
  /** A program of the user: JSON on its stdin, `{"pass": boolean, "reason"?: string}` on its stdout. */
  | {
      readonly check: 'command';
      readonly run: readonly string[];
      readonly seconds: number;
      readonly megabytes: number;
    };

/** A check without a model, and what its failure means. */
export type Rule = RuleCheck & {
  readonly id: string;
  readonly severity: RuleSeverity;
  /** Applies to items of these categories only; absent means all. */
  readonly categories?: readonly string[] | undefined;
};
