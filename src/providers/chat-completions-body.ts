import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import type { ModelSpec } from '../domain/job.ts';
import type { ChatMessage } from '../domain/message.ts';
import { fixedJson } from '../files/content-hash.ts';
import type { ChatRequest } from '../ports/chat-model.ts';
import type { Sent } from './dialect.ts';
import { addReasoning } from './reasoning-fields.ts';
import { isThinkingModel, thinkingRoomTokens } from './thinking-models.ts';
import { withSchemaText } from './with-schema-text.ts';

/** How a server wants the request written. */
export interface CompletionsStyle {
  readonly model: string;
  /** The name of the token limit; the other one is tried where it is refused. */
  readonly tokensName: 'max_tokens' | 'max_completion_tokens';
  /** OpenAI's own thinking models refuse sampling settings; other servers' accept them. */
  readonly thinkersRefuseSampling: boolean;
  /** Settings of the judge; those of a request come first. */
  readonly settings?: Pick<ModelSpec, 'topP' | 'seed' | 'stop' | 'reasoning' | 'extraBody' | 'baseUrl'>;
}

/** Tokens of reasoning to allow on top of the answer. */
export function roomTokens(
  { model, settings = {} }: CompletionsStyle,
  { thinkingTokens }: Pick<ChatRequest, 'thinkingTokens'>,
): number {
  return settings.reasoning === 'off' ? (thinkingTokens ?? 0) : thinkingRoomTokens(model, thinkingTokens);
}

/** A chat-completions request in the shape of OpenAI's API, without what the server is known to refuse. */
export function chatCompletionsBody(
  request: ChatRequest,
  style: CompletionsStyle,
  sent: Sent,
): ChatCompletionCreateParamsNonStreaming {
  const samples = !(style.thinkersRefuseSampling && isThinkingModel(style.model));
  const structured = sent.use('schema', request.schema !== undefined);
  const jsonOnly = !structured && sent.use('jsonObject', request.schema !== undefined);
  const messages = structured ? request.messages : withSchemaText(request);
  const body: Record<string, unknown> = {
    model: style.model,
    messages: (sent.use('system', needsMerging(messages)) ? messages : mergedTurns(messages)).map(sendable),
  };
  const otherName = style.tokensName === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';
  body[sent.use('tokensName') ? style.tokensName : otherName] = sent.limit(
    request.maxTokens,
    roomTokens(style, request),
  );
  if (sent.use('temperature', request.temperature !== undefined && samples))
    body.temperature = request.temperature;
  const { settings = {} } = style;
  const { topP, seed } = { topP: request.topP ?? settings.topP, seed: request.seed ?? settings.seed };
  if (sent.use('topP', topP !== undefined && samples)) body.top_p = topP;
  if (sent.use('seed', seed !== undefined)) body.seed = seed;
  if (sent.use('stop', settings.stop !== undefined)) body.stop = settings.stop;
  addReasoning(body, style.model, settings, sent);
  if (sent.use('logprobs', request.topLogprobs !== undefined && samples)) {
    body.logprobs = true;
    body.top_logprobs = request.topLogprobs;
  }
  if (structured && request.schema !== undefined) {
    const { name, json } = request.schema;
    body.response_format = { type: 'json_schema', json_schema: { name, schema: json, strict: true } };
  } else if (jsonOnly) {
    body.response_format = { type: 'json_object' };
  }
  return { ...body, ...settings.extraBody } as unknown as ChatCompletionCreateParamsNonStreaming;
}

/** @returns the message itself where it may be sent as it is. */
function sendable(message: ChatMessage): Pick<ChatMessage, 'role' | 'content'> {
  const { role, content, ...more } = message;
  // A tool's output has no call to belong to here; to the judge it is a text like others.
  if (role === 'tool') return { role: 'user', content };
  return Object.keys(more).length === 0 ? message : { role, content };
}

/** The body as JSON. Messages that begin many requests are written once. */
export function bodyJson(
  { messages, ...rest }: ChatCompletionCreateParamsNonStreaming,
  stableMessages = 0,
): string {
  const texts = messages.map((message, index) =>
    index < stableMessages ? fixedJson(message) : JSON.stringify(message),
  );
  return `${JSON.stringify(rest).slice(0, -1)},"messages":[${texts.join(',')}]}`;
}

/** Whether some templates could not take the messages: a system message, or turns of one role after another. */
function needsMerging(messages: readonly ChatMessage[]): boolean {
  return messages.some(
    ({ role }, index) => role === 'system' || (index > 0 && messages[index - 1]!.role === role),
  );
}

/** The messages without a system role: its text stands before that of the user, and turns alternate. */
function mergedTurns(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const merged: ChatMessage[] = [];
  for (const { role, content } of messages) {
    const turn = role === 'assistant' ? 'assistant' : 'user';
    const last = merged.at(-1);
    if (last?.role === turn)
      merged[merged.length - 1] = { role: turn, content: `${last.content}\n\n${content}` };
    else merged.push({ role: turn, content });
  }
  return merged;
}
