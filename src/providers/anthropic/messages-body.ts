import type { MessageCreateParamsNonStreaming } from '@anthropic-ai/sdk/resources/messages';
import type { ModelSpec } from '../../domain/job.ts';
import type { ChatMessage } from '../../domain/message.ts';
import type { ChatRequest } from '../../ports/chat-model.ts';
import type { Sent, Setting } from '../dialect.ts';
import { isThinkingModel, thinkingRoomTokens } from '../thinking-models.ts';
import { withSchemaText } from '../with-schema-text.ts';

/** Anthropic's smallest budget for manual thinking. */
const leastThinkingTokens = 1024;

/** The model with the settings of its judge; those of a request come first. */
export type MessagesStyle = Pick<ModelSpec, 'model' | 'topP' | 'stop' | 'reasoning' | 'extraBody'>;

/** Room on top of the answer: thinking counts towards `max_tokens`. */
export function roomTokens(
  { model, reasoning }: Pick<ModelSpec, 'model' | 'reasoning'>,
  asked: number | undefined,
): number {
  if (reasoning === 'off') return asked ?? 0;
  const room = thinkingRoomTokens(model, asked);
  return asked !== undefined && asked > 0 ? Math.max(room, leastThinkingTokens) : room;
}

/**
 * A request of the Messages API. Structure is asked for as an output format, where that is refused as a forced
 * tool, and where that is refused too as words.
 */
export function messagesBody(
  request: ChatRequest,
  { model, topP: ownTopP, stop, reasoning, extraBody }: MessagesStyle,
  sent: Sent,
): MessageCreateParamsNonStreaming {
  const use = (setting: Setting, wanted?: boolean) => sent.use(setting, wanted);
  const schema = request.schema;
  const structure = schema === undefined ? 'none' : use('schema') ? 'format' : use('tool') ? 'tool' : 'words';
  const thinking = thinkingOf(request, model, use);
  const messages = structure === 'words' ? withSchemaText(request) : request.messages;
  const body: Record<string, unknown> = {
    model,
    max_tokens: sent.limit(
      request.maxTokens,
      roomTokens({ model, ...(reasoning === undefined ? {} : { reasoning }) }, request.thinkingTokens),
    ),
    ...turns(messages, request.stableMessages ?? 0),
    ...(thinking === null ? {} : { thinking }),
  };
  // While thinking, only the default temperature is allowed.
  if (use('temperature', request.temperature !== undefined && thinking === null))
    body.temperature = request.temperature;
  const topP = request.topP ?? ownTopP;
  if (use('topP', topP !== undefined && thinking === null)) body.top_p = topP;
  if (use('stop', stop !== undefined)) body.stop_sequences = stop;
  const effort =
    typeof reasoning === 'string' && reasoning !== 'off' && use('reasoning') ? { effort: reasoning } : {};
  const format = structure === 'format' ? { format: { type: 'json_schema', schema: schema?.json } } : {};
  const output = { ...effort, ...format };
  if (Object.keys(output).length > 0) body.output_config = output;
  if (structure === 'tool' && schema !== undefined) {
    body.tools = [{ name: schema.name, description: 'Gives the answer.', input_schema: schema.json }];
    body.tool_choice = thinking === null ? { type: 'tool', name: schema.name } : { type: 'auto' };
  }
  return { ...body, ...extraBody } as unknown as MessageCreateParamsNonStreaming;
}

/** Newer models decide themselves how much to think, older ones want a budget; the other way where one is refused. */
function thinkingOf(request: ChatRequest, model: string, use: (setting: Setting) => boolean): object | null {
  const asked = request.thinkingTokens ?? 0;
  if (asked <= 0) return null;
  const manual = { type: 'enabled', budget_tokens: Math.max(asked, leastThinkingTokens) };
  const adaptive = { type: 'adaptive' };
  if (isThinkingModel(model)) {
    if (use('adaptiveThinking')) return adaptive;
    return use('manualThinking') ? manual : null;
  }
  if (use('manualThinking')) return manual;
  return use('adaptiveThinking') ? adaptive : null;
}

interface Turns {
  readonly system?: readonly object[];
  readonly messages: readonly object[];
}

/** System messages apart, as the API wants them; the last stable message carries the mark that caches up to it. */
function turns(messages: readonly ChatMessage[], stableMessages: number): Turns {
  const cacheMark = { cache_control: { type: 'ephemeral' } };
  const blocks = messages.map((message, index) => ({
    message,
    block: { type: 'text', text: message.content, ...(index === stableMessages - 1 ? cacheMark : {}) },
  }));
  const system = blocks.filter(({ message }) => message.role === 'system').map(({ block }) => block);
  return {
    ...(system.length === 0 ? {} : { system }),
    messages: blocks
      .filter(({ message }) => message.role !== 'system')
      .map(({ message, block }) => ({
        role: message.role === 'assistant' ? 'assistant' : 'user',
        content: [block],
      })),
  };
}
