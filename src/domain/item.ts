import type { ChatMessage } from './message.ts';

/**
 * One response of an item. `text` is null if only votes were recorded.
 * @example
 * const candidate: Candidate = { id: 'a', text: 'Canberra.', model: 'assistant-7' };
 */
export interface Candidate {
  readonly id: string;
  readonly text: string | null;
  /** The model that wrote it, if known. */
  readonly model?: string | null;
}

/**
 * One prompt with its candidate responses: a line of an items file.
 * @example
 * const item: Item = {
 *   id: 'q1',
 *   prompt: 'What is the capital of Australia?',
 *   candidates: [{ id: 'a', text: 'Sydney.' }, { id: 'b', text: 'Canberra.' }],
 * };
 */
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
