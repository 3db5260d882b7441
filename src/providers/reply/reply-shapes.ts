import { firstOf, isObject, type JsonObject } from './json-shape.ts';

/** Where a reply's shape keeps its parts. */
export interface Envelope {
  /** Undefined where the shape holds none, for example a filtered choice. */
  readonly message: unknown;
  readonly finish: unknown;
  readonly logprobs?: unknown;
  readonly error?: unknown;
  /** What a content filter says of the prompt or the answer. */
  readonly filters?: unknown;
}

type Shape = (body: JsonObject) => Envelope | null;

/** The shapes of a reply, the asked one first. Servers and gateways answer in others too, whatever they were asked in. */
const shapes: readonly Shape[] = [
  chatCompletion,
  anthropicMessage,
  geminiCandidates,
  openAiResponse,
  bedrockConverse,
  ollamaChat,
  plainText,
];

/** Null where the body has none of the known shapes. */
export function envelopeOf(body: JsonObject): Envelope | null {
  for (const shape of shapes) {
    const found = shape(body);
    if (found !== null) return found;
  }
  for (const wrap of ['data', 'result', 'response', 'body', 'output']) {
    const inner = body[wrap];
    if (!isObject(inner)) continue;
    for (const shape of shapes) {
      const found = shape(inner);
      if (found !== null) return found;
    }
  }
  return null;
}

function chatCompletion(body: JsonObject): Envelope | null {
  if (!Array.isArray(body.choices)) return null;
  const [choice] = body.choices as readonly unknown[];
  if (typeof choice === 'string') return { message: choice, finish: undefined };
  if (!isObject(choice)) {
    const filters = firstOf(body, 'prompt_filter_results', 'prompt_annotations');
    return filters === undefined ? null : { message: undefined, finish: undefined, filters };
  }
  return {
    message: firstOf(choice, 'message', 'delta', 'text', 'content'),
    finish: firstOf(choice, 'finish_reason', 'finishReason'),
    logprobs: choice.logprobs,
    error: choice.error,
    filters: choice.content_filter_results,
  };
}

function anthropicMessage(body: JsonObject): Envelope | null {
  if (!Array.isArray(body.content) && body.type !== 'message') return null;
  return { message: body, finish: firstOf(body, 'stop_reason', 'finish_reason') };
}

function geminiCandidates(body: JsonObject): Envelope | null {
  const { candidates, promptFeedback } = body;
  const [candidate] = Array.isArray(candidates) ? (candidates as readonly unknown[]) : [];
  if (isObject(candidate)) {
    return { message: candidate, finish: firstOf(candidate, 'finishReason', 'finish_reason') };
  }
  if (!isObject(promptFeedback) || !promptFeedback.blockReason) return null;
  return { message: undefined, finish: 'content_filter' };
}

function openAiResponse(body: JsonObject): Envelope | null {
  if (!Array.isArray(body.output)) return null;
  const { status, incomplete_details: details, error } = body;
  const reason = isObject(details) ? details.reason : undefined;
  const parts = (body.output as readonly unknown[]).flatMap((item) =>
    isObject(item) && item.type === 'message' && Array.isArray(item.content) ? item.content : [item],
  );
  return {
    message: { content: parts },
    finish: status === 'incomplete' ? (reason ?? status) : status,
    error,
  };
}

function bedrockConverse(body: JsonObject): Envelope | null {
  const { output } = body;
  if (!isObject(output) || !isObject(output.message)) return null;
  return { message: output.message, finish: body.stopReason };
}

/** Also Cohere's. */
function ollamaChat(body: JsonObject): Envelope | null {
  if (!isObject(body.message)) return null;
  const finish = firstOf(body, 'done_reason', 'finish_reason');
  return { message: body.message, finish: body.done === false ? undefined : finish, logprobs: body.logprobs };
}

/** Generation without a conversation: Ollama, TGI, llama.cpp, DashScope. */
function plainText(body: JsonObject): Envelope | null {
  const text = ['response', 'generated_text', 'content', 'text', 'completion', 'output_text'].find(
    (name) => typeof body[name] === 'string',
  );
  if (text === undefined) return null;
  const details = isObject(body.details) ? body.details : {};
  const finish = firstOf(body, 'done_reason', 'finish_reason', 'stop_reason', 'stop_type');
  return {
    message: { ...body, content: body[text] },
    finish: body.done === false ? undefined : (finish ?? details.finish_reason),
    logprobs: body.logprobs,
  };
}

/** Whether a content filter of Azure's shape held something back. */
export function isFiltered(filters: unknown, depth = 0): boolean {
  if (depth > 4 || typeof filters !== 'object' || filters === null) return false;
  if ('filtered' in filters && filters.filtered === true) return true;
  return Object.values(filters).some((each) => isFiltered(each, depth + 1));
}
