import type { Candidate, Item } from '../../../domain/item.ts';
import type { ChatMessage } from '../../../domain/message.ts';
import type { Criterion, Rubric, VerdictFormat } from '../../../domain/rubric.ts';
import { answerForm, responseNames } from './answer-form.ts';
import { fenceCode, fenced } from './fence.ts';
import { criteriaFor, rubricText } from './rubric-text.ts';
import { untrustedText } from './untrusted-text.ts';

/** Material written by a model for one item before the judges are asked, shared by all judges. */
export interface Preparation {
  /** Criteria for this prompt. */
  readonly criteria?: string;
  /** A reference answer for an item without one. */
  readonly reference?: string;
  /** Origin of the material, for the provenance of votes. */
  readonly provenance?: Readonly<Record<string, unknown>>;
}

const ownReference = 'ANSWER OF ANOTHER JUDGE (may be wrong)';

/** The variable parts of a judge prompt. */
export interface PromptQuestion {
  readonly item: Item;
  readonly shown: readonly Candidate[];
  readonly criterion?: Criterion;
  readonly prepared?: Preparation;
}

/** Cache: both orders, all samples and all judges of a run show the same texts. */
const cleaned = new WeakMap<Item, Partial<Record<VerdictFormat, Map<string, string>>>>();

const lengths = new WeakMap<Item, number>();
/** Length of the two fence lines around a text. */
const fenceLength = 60;

/** Renders the prompts of one rubric: a cached system message, then the item. */
export class JudgePrompt {
  readonly #rubric: Rubric;
  readonly #stable = new Map<string, ChatMessage>();
  readonly #byCategory = new Map<string | null, ChatMessage>();

  constructor(rubric: Rubric) {
    this.#rubric = rubric;
  }

  /** Number of leading messages shared by many items. */
  readonly stableMessages = 1;

  render(question: PromptQuestion): readonly ChatMessage[] {
    const { criterion, item } = question;
    const stable = criterion ? this.#stablePart([criterion]) : this.#stableOf(item.category ?? null);
    return [stable, { role: 'user', content: this.#itemPart(question) }];
  }

  /** Approximate length of `render` in characters, without rendering. */
  length(item: Item, shown: readonly Candidate[], criterion?: Criterion): number {
    const stable = criterion ? this.#stablePart([criterion]) : this.#stableOf(item.category ?? null);
    let length = stable.content.length + lengthOf(item);
    for (const { text } of shown) length += (text?.length ?? 0) + fenceLength;
    return length;
  }

  #stableOf(category: string | null): ChatMessage {
    let message = this.#byCategory.get(category);
    if (message === undefined) {
      message = this.#stablePart(criteriaFor(this.#rubric, category));
      this.#byCategory.set(category, message);
    }
    return message;
  }

  #stablePart(criteria: readonly Criterion[]): ChatMessage {
    const key = criteria.map(({ id }) => id).join('\n');
    let message = this.#stable.get(key);
    if (message === undefined) {
      message = { role: 'system', content: rubricText(this.#rubric, criteria, answerForm(this.#rubric)) };
      this.#stable.set(key, message);
    }
    return message;
  }

  #itemPart({ item, shown, prepared = {} }: PromptQuestion): string {
    const { verdict, reference: referenceUse } = this.#rubric;
    const names = responseNames(verdict, shown.length);
    const sections: [name: string, text: string][] = [['PROMPT', promptText(item)]];
    if (referenceUse !== 'none') {
      if (item.reference != null) sections.push(['REFERENCE ANSWER', item.reference]);
      else if (prepared.reference !== undefined) sections.push([ownReference, prepared.reference]);
    }
    for (const [index, passage] of (item.context ?? []).entries()) {
      sections.push([`CONTEXT ${index + 1}`, passage]);
    }
    if (prepared.criteria !== undefined) sections.push(['CRITERIA FOR THIS PROMPT', prepared.criteria]);
    for (const [index, candidate] of shown.entries()) sections.push([names[index]!, candidate.text ?? '']);

    const clean = sections.map(([name, text]) => [name, cleanText(item, text, verdict)] as const);
    const code = fenceCode(clean.map(([, text]) => text));
    return clean.map(([name, text]) => fenced(name, code, text)).join('\n\n');
  }
}

/** Length of an item's texts without its responses; cached, because every question needs it. */
function lengthOf(item: Item): number {
  let length = lengths.get(item);
  if (length === undefined) {
    const texts = [promptText(item), item.reference ?? '', ...(item.context ?? [])];
    length = texts.reduce((sum, text) => sum + text.length + fenceLength, 0);
    lengths.set(item, length);
  }
  return length;
}

/** The prompt of an item as one text. */
export function promptText({ prompt }: Item): string {
  if (prompt === null || typeof prompt === 'string') return prompt ?? '';
  if (prompt.length === 1 && prompt[0]!.role === 'user') return prompt[0]!.content;
  return prompt.map(({ role, content }) => `${role}: ${content}`).join('\n\n');
}

function cleanText(item: Item, text: string, format: VerdictFormat): string {
  const formats = cleaned.get(item) ?? {};
  cleaned.set(item, formats);
  formats[format] ??= new Map();
  const clean = formats[format].get(text) ?? untrustedText(text, format);
  formats[format].set(text, clean);
  return clean;
}
