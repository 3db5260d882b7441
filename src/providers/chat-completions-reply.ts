import type { ChatCompletion } from 'openai/resources/chat/completions';
import type { ChatReply, TokenLogprob, TokenUsage } from '../ports/chat-model.ts';
import { type Asked, badReply, errorInReply } from './to-provider-error.ts';

const finishes: Readonly<Record<string, ChatReply['finish']>> = {
  stop: 'stop',
  length: 'length',
  content_filter: 'content_filter',
};

/** What a server answered, in the port's words. @param id of the request, from the headers. @throws ProviderError where it is no chat completion. */
export function readChatCompletion(body: unknown, asked: Asked, id: string | null = null): ChatReply {
  if (typeof body === 'string') throw badReply(`not JSON: ${body.slice(0, 200)}`, asked);
  if (typeof body !== 'object' || body === null) throw badReply('an empty reply', asked);
  if ('error' in body && body.error !== null && body.error !== undefined) throw errorInReply(body, asked);
  const completion = body as Partial<ChatCompletion>;
  const choice = completion.choices?.[0];
  if (choice?.message === undefined) {
    throw badReply(`no choices in ${JSON.stringify(body).slice(0, 200)}`, asked);
  }
  const refusal = choice.message.refusal;
  const logprobs = readLogprobs(choice.logprobs?.content);
  const requestId = id ?? completion.id;
  return {
    text: choice.message.content ?? refusal ?? '',
    finish: refusal ? 'refusal' : (finishes[choice.finish_reason] ?? 'other'),
    modelAnswered: completion.model ?? null,
    usage: readUsage(completion.usage),
    ...(logprobs === undefined ? {} : { logprobs }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

function readUsage(usage: ChatCompletion['usage'] | null): TokenUsage | null {
  if (usage === undefined || usage === null || !Number.isFinite(usage.prompt_tokens)) return null;
  const cachedInput = usage.prompt_tokens_details?.cached_tokens;
  return {
    input: usage.prompt_tokens,
    output: usage.completion_tokens ?? 0,
    ...(cachedInput ? { cachedInput } : {}),
  };
}

type Content = NonNullable<ChatCompletion.Choice['logprobs']>['content'];

function readLogprobs(content: Content | undefined): readonly TokenLogprob[] | undefined {
  if (!Array.isArray(content) || content.length === 0) return undefined;
  return content.map(({ token, logprob, top_logprobs }) => ({
    token,
    logprob,
    top: (top_logprobs ?? []).map((other) => ({ token: other.token, logprob: other.logprob })),
  }));
}
