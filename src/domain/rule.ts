import type { SensitiveClass } from './sensitive.ts';

/** Effect of a failed check: `veto` excludes the candidate, `penalty` is a vote against it, `info` is only reported. */
export const ruleSeverities = ['veto', 'penalty', 'info'] as const;
/** One severity of a rule. */
export type RuleSeverity = (typeof ruleSeverities)[number];

/** Units of the `length` check. */
export const lengthUnits = ['words', 'characters', 'sentences', 'tokens'] as const;
/** Styles of the `citations` check. */
export const citationStyles = ['brackets', 'author-year', 'url', 'footnote'] as const;
/** Elements of the `markdown` check. */
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
/** Built-in word lists of the `lexicon` check. */
export const lexiconLists = [
  'profanity',
  'slurs',
  'sexual',
  'violence',
  'self-harm',
  'weapons',
  'drugs',
] as const;

/** Inclusive limits of a count. */
export interface Bounds {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** The check of a rule. Options are single words, so that the shape of the file equals the type. */
export type RuleCheck =
  /** A pattern in RE2 syntax (linear time); `(?i)` ignores case. */
  | { readonly check: 'regex'; readonly pattern: string; readonly expect: 'present' | 'absent' }
  | ({ readonly check: 'length'; readonly unit: (typeof lengthUnits)[number] } & Bounds)
  /** The response, or its only code block, is JSON and valid against the JSON Schema. */
  | { readonly check: 'json'; readonly schema?: Readonly<Record<string, unknown>> | undefined }
  /** The response has a code block (of a language); `parses` also checks its syntax, for supported languages. */
  | { readonly check: 'code'; readonly language?: string | undefined; readonly parses: boolean }
  /** The language of the response: ISO 639-1 codes, or `prompt` for the language of the prompt. */
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
      /** Country code for national phone numbers, for example US. */
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
      /** Expected answer; absent: the item's reference. */
      readonly value?: string | number | undefined;
      /** For `numeric`: maximum absolute and relative difference. */
      readonly tolerance: number;
      readonly relative: number;
    }
  | { readonly check: 'repetition'; readonly max: number }
  | { readonly check: 'truncation' }
  /** The response shares a sequence of this many words with the system messages. */
  | { readonly check: 'prompt-leak'; readonly words: number }
  /** The item's own IFEval-style instructions: metadata `instruction_id_list` and `kwargs`. */
  | { readonly check: 'instructions' }
  /** A user-defined program: JSON on stdin, `{"pass": boolean, "reason"?: string}` on stdout. */
  | {
      readonly check: 'command';
      readonly run: readonly string[];
      readonly seconds: number;
      readonly megabytes: number;
    };

/** A check without a model, with the effect of its failure. */
export type Rule = RuleCheck & {
  readonly id: string;
  readonly severity: RuleSeverity;
  /** Applies to items of these categories only; absent means all. */
  readonly categories?: readonly string[] | undefined;
};
