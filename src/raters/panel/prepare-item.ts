import type { Item } from '../../domain/item.ts';
import type { PrepareSpec } from '../../domain/job.ts';
import type { ChatMessage } from '../../domain/message.ts';
import type { ChatRequest } from '../../ports/chat-model.ts';
import type { SharedCalls, TaskContext } from '../../ports/rater.ts';
import { askQuestion } from '../llm/ask-question.ts';
import { fenceCode, fenced, fenceRule } from '../llm/prompt/fence.ts';
import { type Preparation, promptText } from '../llm/prompt/judge-prompt.ts';
import { untrustedText } from '../llm/prompt/untrusted-text.ts';
import { ownAnswer } from '../llm/verdict/own-answer.ts';

const preparedTokens = 1200;

/** Answered where a prompt has no single right answer. */
const none = 'NONE';

const criteriaWriter: ChatMessage = {
  role: 'system',
  content: [
    'You prepare the judging of responses to a prompt. You have not seen the responses.',
    'Write 3 to 6 criteria by which a response to exactly this prompt should be judged: what it must contain, what it must get right, which traps to look for. One line each, most important first, nothing else.',
    fenceRule,
  ].join('\n\n'),
};

const answerer: ChatMessage = {
  role: 'system',
  content: [
    'You prepare the judging of responses to a prompt. You have not seen the responses.',
    `If the prompt has one right answer that can be checked (mathematics, logic, a fact, code with a defined result), work it out and write the answer with the decisive steps, in at most 150 words. Otherwise write exactly: ${none}`,
    fenceRule,
  ].join('\n\n'),
};

/**
 * Asks once per item for material that all judges are shown. The question is the same for every judge, so it is paid
 * once. Unavailable material is omitted, and the provenance of the votes records why.
 */
export function prepareItem(
  spec: PrepareSpec,
): ((item: Item, context: TaskContext) => Promise<Preparation>) | undefined {
  const { criteriaBy, referenceBy } = spec;
  if (criteriaBy === null && referenceBy === null) return undefined;
  return async (item, context) => {
    const criteria = criteriaBy === null ? null : await write(criteriaBy, criteriaWriter, item, context);
    const wanted = referenceBy !== null && item.reference == null;
    const reference = wanted ? await write(referenceBy, answerer, item, context) : null;
    const found = reference?.text?.replace(/[.\s]+$/, '') === none ? null : reference?.text;
    return {
      ...(criteria?.text == null ? {} : { criteria: criteria.text }),
      ...(found == null ? {} : { reference: found }),
      provenance: {
        prepared: {
          ...(criteria === null ? {} : { criteria: criteria.origin }),
          ...(reference === null ? {} : { reference: reference.origin }),
        },
      },
    };
  };
}

/** The calls that `prepareItem` makes for one item. */
export function preparingCalls({ criteriaBy, referenceBy }: PrepareSpec, item: Item): readonly SharedCalls[] {
  const inputTokens = Math.ceil((promptText(item).length + answerer.content.length + 100) / 4);
  const call = (rater: string, task: string, outputTokens: number) => ({
    ...{ rater, task, calls: 1, inputTokens, outputTokens, maxOutputTokens: preparedTokens },
  });
  return [
    ...(criteriaBy === null ? [] : [call(criteriaBy, 'prepare:criteria', 120)]),
    ...(referenceBy === null || item.reference != null ? [] : [call(referenceBy, 'prepare:reference', 100)]),
  ];
}

interface WrittenText {
  readonly text: string | null;
  /** Key of the reply, or why there is none. */
  readonly origin: string;
}

async function write(by: string, task: ChatMessage, item: Item, context: TaskContext): Promise<WrittenText> {
  const text = untrustedText(promptText(item), 'json');
  const prompt = fenced('PROMPT', fenceCode([text]), text);
  const request: ChatRequest = {
    messages: [task, { role: 'user', content: prompt }],
    stableMessages: 1,
    maxTokens: preparedTokens,
    temperature: 0,
  };
  const { recorded, unread } = await askQuestion((asked) => context.askOther(by, asked), request);
  if (unread !== null) return { text: null, origin: unread.reason };
  const written = ownAnswer(recorded.reply.text)?.trim();
  return written ? { text: written, origin: recorded.key } : { text: null, origin: 'empty' };
}
