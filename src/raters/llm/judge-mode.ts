import type { Candidate, Item } from '../../domain/item.ts';
import type { Criterion } from '../../domain/rubric.ts';
import type { Vote } from '../../domain/vote.ts';
import type { ChatReply } from '../../ports/chat-model.ts';
import type { Unread } from './ask-question.ts';

/** One call of a task: the candidates in the order shown, and the criterion. */
export interface JudgeQuestion {
  readonly shown: readonly Candidate[];
  readonly criterion?: Criterion;
  readonly order?: 'forward' | 'reversed';
}

/** A task before its tokens are estimated. */
export interface PlannedTask {
  readonly id: string;
  readonly candidates: readonly string[];
  readonly sample: number;
  readonly questions: readonly JudgeQuestion[];
}

/** The content of a vote, without its rater. */
export type Opinion = Partial<Vote> & Pick<Vote, 'kind' | 'outcome'>;

/** A mode of judging: the questions about an item, and how each reply is parsed. */
export interface JudgeMode {
  /** Labels of the possible answers, for the JSON Schema. */
  labels(question: JudgeQuestion): readonly string[];
  plan(item: Item): readonly PlannedTask[];
  read(question: JudgeQuestion, reply: ChatReply): Opinion;
  unread(question: JudgeQuestion, why: Unread): Opinion;
}

/** Escapes a candidate id as a part of a task id. */
export function idPart(id: string): string {
  return encodeURIComponent(id);
}

/** The candidates with a known text. */
export function readable(item: Item): readonly Candidate[] {
  return item.candidates.filter(({ text }) => text !== null);
}

/** All pairs of readable responses that differ: equal texts leave nothing to prefer and nothing to pay for. */
export function* comparablePairs(item: Item): Generator<readonly [Candidate, Candidate]> {
  for (const pair of pairsOf(readable(item))) if (!haveEqualTexts(...pair)) yield pair;
}

/** Whether two responses differ at most in white space at their ends. */
export function haveEqualTexts(x: Candidate, y: Candidate): boolean {
  return x.text !== null && y.text !== null && x.text.trim() === y.text.trim();
}

/** All unordered pairs of the values, in their order. */
function* pairsOf<T>(values: readonly T[]): Generator<readonly [T, T]> {
  for (const [index, x] of values.entries()) {
    for (const y of values.slice(index + 1)) yield [x, y];
  }
}
