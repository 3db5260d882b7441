import type { Candidate, Item } from '../../../domain/item.ts';
import type { ChatMessage } from '../../../domain/message.ts';
import type { Criterion, Rubric, VerdictFormat } from '../../../domain/rubric.ts';
import { answerForm, responseNames } from './answer-form.ts';
import { fenceCode, fenced } from './fence.ts';
import { criteriaFor, rubricText } from './rubric-text.ts';
import { untrustedText } from './untrusted-text.ts';

/** What was prepared for one item before any judge is asked: written by a model, the same for all judges. */
export interface Preparation {
  /** Criteria for this one prompt. */
  readonly criteria?: string;
  /** A reference answer where the item has none of its own. */
  readonly reference?: string;
  /** Where it comes from, for the votes that rest on it. */
  readonly provenance?: Readonly<Record<string, unknown>>;
}

const ownReference = 'ANSWER OF ANOTHER JUDGE (may be wrong)';

export interface PromptQuestion {
  readonly item: Item;
  readonly shown: readonly Candidate[];
  readonly criterion?: Criterion;
  readonly prepared?: Preparation;
}

/** Both orders, all samples and all judges of a run show the same texts. */
const cleaned = new WeakMap<Item, Partial<Record<VerdictFormat, Map<string, string>>>>();

const lengths = new WeakMap<Item, number>();
/** Of the two lines around a text. */
const fenceLength = 60;

/** Renders the questions of one rubric: a stable system message, then the item. Cheap: the stable part is made once. */
export class JudgePrompt {
  readonly #rubric: Rubric;
  readonly #stable = new Map<string, ChatMessage>();
  readonly #byCategory = new Map<string | null, ChatMessage>();

  constructor(rubric: Rubric) {
    this.#rubric = rubric;
  }

  /** How many leading messages are the same for many items. */
  readonly stableMessages = 1;

  render(question: PromptQuestion): readonly ChatMessage[] {
    const { criterion, item } = question;
    const stable = criterion ? this.#stablePart([criterion]) : this.#stableOf(item.category ?? null);
    return [stable, { role: 'user', content: this.#itemPart(question) }];
  }

  /** About how many characters `render` would give, without rendering. */
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

/** Characters of an item's own texts, responses aside: asked for by every question of every judge. */
function lengthOf(item: Item): number {
  let length = lengths.get(item);
  if (length === undefined) {
    const texts = [promptText(item), item.reference ?? '', ...(item.context ?? [])];
    length = texts.reduce((sum, text) => sum + text.length + fenceLength, 0);
    lengths.set(item, length);
  }
  return length;
}

/** The conversation that is to be answered, as one text. */
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
