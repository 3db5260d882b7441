import type { Candidate, Item } from '../../domain/item.ts';
import type { Criterion } from '../../domain/rubric.ts';
import type { Vote } from '../../domain/vote.ts';
import type { ChatReply } from '../../ports/chat-model.ts';
import type { Unread } from './ask-question.ts';

/** One call of a look: who is shown in which order, under which criterion. */
export interface JudgeQuestion {
  readonly shown: readonly Candidate[];
  readonly criterion?: Criterion;
  readonly order?: 'forward' | 'reversed';
}

/** A look before it is priced. */
export interface PlannedTask {
  readonly id: string;
  readonly candidates: readonly string[];
  readonly sample: number;
  readonly questions: readonly JudgeQuestion[];
}

/** What one vote says, without who says it. */
export type Opinion = Partial<Vote> & Pick<Vote, 'kind' | 'outcome'>;

/** One way of judging: which questions an item raises, and how each reply is read. */
export interface JudgeMode {
  /** Names of the answers before a judge, for the schema. */
  labels(question: JudgeQuestion): readonly string[];
  plan(item: Item): readonly PlannedTask[];
  read(question: JudgeQuestion, reply: ChatReply): Opinion;
  unread(question: JudgeQuestion, why: Unread): Opinion;
}

/** A part of a look's id. Candidate ids may hold any character; in a look's id they may not. */
export function idPart(id: string): string {
  return encodeURIComponent(id);
}

/** The candidates whose texts are known. */
export function readable(item: Item): readonly Candidate[] {
  return item.candidates.filter(({ text }) => text !== null);
}

export function* pairsOf<T>(values: readonly T[]): Generator<readonly [T, T]> {
  for (const [index, x] of values.entries()) {
    for (const y of values.slice(index + 1)) yield [x, y];
  }
}
