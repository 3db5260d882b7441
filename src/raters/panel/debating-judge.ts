import type { Item } from '../../domain/item.ts';
import type { ChatMessage } from '../../domain/message.ts';
import type { Vote } from '../../domain/vote.ts';
import { hashValue } from '../../files/content-hash.ts';
import type { ChatRequest } from '../../ports/chat-model.ts';
import type { Rater, RaterTask, RecordedReply, SharedCalls, TaskContext } from '../../ports/rater.ts';
import { allSettled, askQuestion } from '../llm/ask-question.ts';
import type { Judge } from '../llm/judge.ts';
import type { JudgeQuestion } from '../llm/judge-mode.ts';
import { ownCalls, total, withShared } from '../llm/own-calls.ts';
import { fenceCode, fenced } from '../llm/prompt/fence.ts';
import { untrustedText } from '../llm/prompt/untrusted-text.ts';

const version = 2;

/** Another judge of the panel; its model is asked by its id. */
export type Opponent = Pick<
  Judge,
  'id' | 'fingerprint' | 'tasks' | 'questions' | 'request' | 'prepare' | 'vote'
>;

/**
 * A judge that reads the other judges' answers to the same question once and votes again. Its second votes belong to a
 * separate rater, `<judge>/debate`, next to the first ones. First answers are served from the store if the judges were
 * asked before. A judge without a first verdict, or without another judge's verdict to read, does not vote again.
 */
export class DebatingJudge implements Rater {
  readonly id: string;
  /** The judge that votes again. */
  readonly judge: string;
  readonly kind;
  readonly model;
  readonly family;
  readonly fingerprint: string;
  readonly #judge: Judge;
  readonly #opponents: readonly Opponent[];

  constructor(judge: Judge, opponents: readonly Opponent[]) {
    this.#judge = judge;
    this.#opponents = opponents;
    this.id = `${judge.id}/debate`;
    this.judge = judge.id;
    this.kind = judge.kind;
    this.model = judge.model;
    this.family = judge.family;
    this.fingerprint = hashValue([version, judge.fingerprint, opponents.map((each) => each.fingerprint)]);
  }

  tasks(item: Item): readonly RaterTask[] {
    const others = this.#opponents.map((opponent) => ({
      id: opponent.id,
      tasks: new Map(opponent.tasks(item).map((task) => [task.id, task])),
    }));
    return this.#judge.tasks(item).flatMap((task) => {
      const reasons = others.flatMap(({ id, tasks }) => {
        const theirs = tasks.get(task.id);
        return theirs === undefined ? [] : firstRound(id, theirs);
      });
      if (reasons.length === 0) return [];
      const own = ownCalls(task);
      const first = [firstRound(this.#judge.id, task), ...reasons];
      const said = total(first).outputTokens;
      const second = { ...task, ...own, inputTokens: own.inputTokens + said };
      return withShared(second, [...(task.shared ?? []), ...first]);
    });
  }

  async perform(task: RaterTask, item: Item, context: TaskContext): Promise<readonly Vote[]> {
    const prepared = await this.#judge.prepare(item, context);
    return allSettled(
      this.#judge.questions(task, item).map(async (question, index) => {
        const first = this.#judge.request(question, task.sample, item, prepared);
        const own = await askQuestion(context.ask, first);
        const vote = this.#vote(question, first, item, own);
        if (own.unread !== null || !isOpinion(vote)) return vote;
        const reasons = await this.#reasonsOf(task, item, index, context);
        if (reasons.length === 0) {
          return this.#vote(question, first, item, {
            recorded: null,
            unread: { outcome: 'abstain', reason: 'nobody_answered' },
          });
        }
        // No task: a provider that answers tasks instead of messages would repeat itself.
        const { task: _task, ...asked } = first;
        const again: ChatRequest = { ...asked, messages: this.#secondRound(first, own.recorded, reasons) };
        const answer = await askQuestion(context.ask, again);
        return this.#vote(question, again, item, answer, {
          first_reply: own.recorded.key,
          heard: reasons.map(({ by, recorded }) => ({ judge: by, reply: recorded.key })),
        });
      }),
    );
  }

  async #reasonsOf(
    task: RaterTask,
    item: Item,
    index: number,
    context: TaskContext,
  ): Promise<readonly PeerReason[]> {
    const answers = await allSettled(
      this.#opponents
        .filter((opponent) => opponent.tasks(item).some(({ id }) => id === task.id))
        .map(async (opponent): Promise<readonly PeerReason[]> => {
          const question = opponent.questions(task, item)[index];
          if (question === undefined) return [];
          const prepared = await opponent.prepare(item, context);
          const request = opponent.request(question, task.sample, item, prepared);
          const { recorded, unread } = await askQuestion(
            (asked) => context.askOther(opponent.id, asked),
            request,
          );
          if (unread !== null) return [];
          // An answer without a verdict has no reasons to share.
          const vote = opponent.vote(question, request, item, { recorded, unread });
          return isOpinion(vote) ? [{ by: opponent.id, recorded }] : [];
        }),
    );
    return answers.flat();
  }

  #secondRound(
    first: ChatRequest,
    own: RecordedReply,
    reasons: readonly PeerReason[],
  ): readonly ChatMessage[] {
    const format = first.task!.rubric.verdict;
    const texts = reasons.map(({ recorded }) => untrustedText(recorded.reply.text, format));
    const code = fenceCode(texts);
    const said = texts.map((text, index) => fenced(`JUDGE ${index + 1}`, code, text)).join('\n\n');
    const request = [
      'Other judges of the same question answered:',
      said,
      'Weigh their reasons against yours, by what is true of the material and not by who agrees with whom.',
      'Then answer the question once more, in the same form as before.',
    ].join('\n\n');
    return [
      ...first.messages,
      { role: 'assistant', content: own.reply.text },
      { role: 'user', content: request },
    ];
  }

  #vote(
    question: JudgeQuestion,
    request: ChatRequest,
    item: Item,
    answer: Parameters<Judge['vote']>[3],
    more: Readonly<Record<string, unknown>> = {},
  ): Vote {
    return { ...this.#judge.vote(question, request, item, answer, more), rater: this.id };
  }
}

/** The calls of the first round, shared with the judge's own task. */
function firstRound(rater: string, task: RaterTask): SharedCalls {
  const { maxOutputTokens } = task;
  const ceiling = maxOutputTokens === undefined ? {} : { maxOutputTokens };
  return { rater, task: task.id, ...ownCalls(task), ...ceiling };
}

function isOpinion({ outcome }: Vote): boolean {
  return outcome === 'verdict' || outcome === 'tie';
}

interface PeerReason {
  readonly by: string;
  readonly recorded: RecordedReply;
}
