import { checkArgument } from '../domain/check-argument.ts';
import { hashValue } from '../files/content-hash.ts';
import type { ChatModel, ChatReply, ChatRequest } from '../ports/chat-model.ts';
import type { RecordedReply, TaskContext } from '../ports/rater.ts';

/**
 * What a scripted model does with a question: a text, a whole reply, or an error to throw. `model` is `own` or a name.
 * @example
 * const script: Script = (request) => (promptOf(request).includes('Canberra') ? '[[A]]' : new Error('an unexpected question'));
 */
export type Script = (request: ChatRequest, model: string) => string | Partial<ChatReply> | Error;

/**
 * The context of a rater's task, which also remembers what was asked.
 * @example
 * const { asked }: ScriptedContext = scriptedContext(() => '[[A]]');
 */
export interface ScriptedContext extends TaskContext {
  /** Every question in the order in which it was asked. */
  readonly asked: readonly { readonly model: string; readonly request: ChatRequest }[];
}

/**
 * A context that answers from a script, without engine, store or network. `own` is the rater's own model.
 * @example
 * const context = scriptedContext(() => '[[A]]');
 * await context.ask({ messages: [{ role: 'user', content: 'A or B?' }], maxTokens: 8 });
 * console.log(context.asked.length); // 1
 */
export function scriptedContext(script: Script): ScriptedContext {
  checkArgument('script', script, 'function');
  const asked: { model: string; request: ChatRequest }[] = [];
  const answer = async (model: string, request: ChatRequest): Promise<RecordedReply> => {
    asked.push({ model, request });
    const reply = replyOf(script, request, model);
    const { task: _task, ...question } = request;
    return { key: hashValue([model, question]), reply, costUsd: 0.001, latencyMs: 5, cached: false };
  };
  return {
    asked,
    ask: (request) => answer('own', request),
    askOther: answer,
    signal: new AbortController().signal,
  };
}

/**
 * All texts of a request, for looking into a prompt.
 * @example
 * promptOf({ messages: [{ role: 'user', content: 'A or B?' }], maxTokens: 8 }); // 'A or B?'
 */
export function promptOf(request: ChatRequest): string {
  checkArgument('request', request, { messages: 'list' });
  return request.messages.map(({ content }) => content).join('\n');
}

/**
 * A model that answers from a script, for tests of judges and pipelines without a network.
 * @example
 * const model = scriptedModel(() => '{"reason":"A is right","verdict":"A"}');
 */
export function scriptedModel(
  script: Script,
  name = 'scripted',
): ChatModel & { readonly asked: readonly ChatRequest[] } {
  checkArgument('script', script, 'function');
  const asked: ChatRequest[] = [];
  return {
    provider: 'scripted',
    model: name,
    baseUrl: '',
    capabilities: { structured: true, logprobs: false, seed: true },
    asked,
    async complete(request, { signal }) {
      signal.throwIfAborted();
      asked.push(request);
      return replyOf(script, request, name);
    },
  };
}

function replyOf(script: Script, request: ChatRequest, model: string): ChatReply {
  const said = script(request, model);
  if (said instanceof Error) throw said;
  return {
    text: '',
    finish: 'stop',
    modelAnswered: `${model}-2026-01`,
    usage: { input: 100, output: 10 },
    ...(typeof said === 'string' ? { text: said } : said),
  };
}
