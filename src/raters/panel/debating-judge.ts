import type { Item } from '../../domain/item.ts';
import type { ChatMessage } from '../../domain/message.ts';
import type { Vote } from '../../domain/vote.ts';
import { hashValue } from '../../files/content-hash.ts';
import type { ChatRequest } from '../../ports/chat-model.ts';
import type { Look, LookContext, Rater, RecordedReply, SharedCalls } from '../../ports/rater.ts';
import { allSettled, askQuestion } from '../llm/ask-question.ts';
import type { Judge } from '../llm/judge.ts';
import type { JudgeQuestion } from '../llm/judge-mode.ts';
import { ownCalls, total, withShared } from '../llm/own-calls.ts';
import { fenceCode, fenced } from '../llm/prompt/fence.ts';
import { untrustedText } from '../llm/prompt/untrusted-text.ts';

const version = 2;

/** Another judge of the panel; its model is asked under its id. */
export type Opponent = Pick<
  Judge,
  'id' | 'fingerprint' | 'looks' | 'questions' | 'request' | 'prepare' | 'vote'
>;

/**
 * A judge that hears once what the others said about the same question, and votes again. Its second votes are those
 * of a rater of its own, `<judge>/debate`, beside the first ones. The first answers come from the record when the
 * judges were asked before. Who gave no verdict at first, or hears nobody who did, does not vote again.
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

  looks(item: Item): readonly Look[] {
    const others = this.#opponents.map((opponent) => ({
      id: opponent.id,
      looks: new Map(opponent.looks(item).map((look) => [look.id, look])),
    }));
    return this.#judge.looks(item).flatMap((look) => {
      const heard = others.flatMap(({ id, looks }) => {
        const theirs = looks.get(look.id);
        return theirs === undefined ? [] : firstRound(id, theirs);
      });
      if (heard.length === 0) return [];
      const own = ownCalls(look);
      const first = [firstRound(this.#judge.id, look), ...heard];
      const said = total(first).outputTokens;
      const second = { ...look, ...own, inputTokens: own.inputTokens + said };
      return withShared(second, [...(look.shared ?? []), ...first]);
    });
  }

  async take(look: Look, item: Item, context: LookContext): Promise<readonly Vote[]> {
    const prepared = await this.#judge.prepare(item, context);
    return allSettled(
      this.#judge.questions(look, item).map(async (question, index) => {
        const first = this.#judge.request(question, look.sample, item, prepared);
        const own = await askQuestion(context.ask, first);
        const vote = this.#vote(question, first, item, own);
        if (own.unread !== null || !isOpinion(vote)) return vote;
        const heard = await this.#hear(look, item, index, context);
        if (heard.length === 0) {
          return this.#vote(question, first, item, {
            recorded: null,
            unread: { outcome: 'abstain', reason: 'nobody_answered' },
          });
        }
        // No task: who answers tasks instead of words would only say the same again.
        const { task: _task, ...asked } = first;
        const again: ChatRequest = { ...asked, messages: this.#secondRound(first, own.recorded, heard) };
        const answer = await askQuestion(context.ask, again);
        return this.#vote(question, again, item, answer, {
          first_reply: own.recorded.key,
          heard: heard.map(({ by, recorded }) => ({ judge: by, reply: recorded.key })),
        });
      }),
    );
  }

  async #hear(look: Look, item: Item, index: number, context: LookContext): Promise<readonly Heard[]> {
    const answers = await allSettled(
      this.#opponents
        .filter((opponent) => opponent.looks(item).some(({ id }) => id === look.id))
        .map(async (opponent): Promise<readonly Heard[]> => {
          const question = opponent.questions(look, item)[index];
          if (question === undefined) return [];
          const prepared = await opponent.prepare(item, context);
          const request = opponent.request(question, look.sample, item, prepared);
          const { recorded, unread } = await askQuestion(
            (asked) => context.askOther(opponent.id, asked),
            request,
          );
          if (unread !== null) return [];
          // Who gave no verdict has no reasons for one.
          const vote = opponent.vote(question, request, item, { recorded, unread });
          return isOpinion(vote) ? [{ by: opponent.id, recorded }] : [];
        }),
    );
    return answers.flat();
  }

  #secondRound(first: ChatRequest, own: RecordedReply, heard: readonly Heard[]): readonly ChatMessage[] {
    const format = first.task!.rubric.verdict;
    const texts = heard.map(({ recorded }) => untrustedText(recorded.reply.text, format));
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

/** The first answers are those of the judge's own look. */
function firstRound(rater: string, look: Look): SharedCalls {
  return { rater, look: look.id, ...ownCalls(look) };
}

function isOpinion({ outcome }: Vote): boolean {
  return outcome === 'verdict' || outcome === 'tie';
}

interface Heard {
  readonly by: string;
  readonly recorded: RecordedReply;
}
