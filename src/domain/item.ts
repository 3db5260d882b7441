import type { ChatMessage } from './message.ts';

/** One response of an item. `text` is null if only votes were recorded. */
export interface Candidate {
  readonly id: string;
  readonly text: string | null;
  /** The model that wrote it, if known. */
  readonly model?: string | null;
}

/** One prompt with its candidate responses: a line of an items file. */
export interface Item {
  readonly id: string;
  readonly prompt: string | readonly ChatMessage[] | null;
  readonly candidates: readonly Candidate[];
  /** A correct or ideal answer. */
  readonly reference?: string | null;
  /** Passages that an answer may be checked against. */
  readonly context?: readonly string[];
  readonly category?: string | null;
  /** Items of one cluster are statistically dependent (one source question, one document). */
  readonly cluster?: string | null;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** The candidate with this id; undefined if the item has none. */
export function candidateOf(item: Item, id: string): Candidate | undefined {
  return item.candidates.find((candidate) => candidate.id === id);
}

/** Whether there is a question to judge responses to. */
export function hasPrompt({ prompt }: Item): boolean {
  if (prompt === null) return false;
  return typeof prompt === 'string'
    ? prompt.trim() !== ''
    : prompt.some(({ content }) => content.trim() !== '');
}
