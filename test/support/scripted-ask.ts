import { hashValue } from '../../src/files/content-hash.ts';
import type { ChatReply, ChatRequest } from '../../src/ports/chat-model.ts';
import type { RecordedReply, TaskContext } from '../../src/ports/rater.ts';

/** What a scripted model does with a question: a text, a whole reply, or an error to throw. */
export type Script = (request: ChatRequest, model: string) => string | Partial<ChatReply> | Error;

export interface ScriptedContext extends TaskContext {
  /** Every question in the order in which it was asked. */
  readonly asked: readonly { readonly model: string; readonly request: ChatRequest }[];
}

/** A context that answers from a script, without engine, store or network. `own` is the rater's own model. */
export function scriptedContext(script: Script): ScriptedContext {
  const asked: { model: string; request: ChatRequest }[] = [];
  const answer = async (model: string, request: ChatRequest): Promise<RecordedReply> => {
    asked.push({ model, request });
    const said = script(request, model);
    if (said instanceof Error) throw said;
    const reply: ChatReply = {
      text: '',
      finish: 'stop',
      modelAnswered: `${model}-2026-01`,
      usage: { input: 100, output: 10 },
      ...(typeof said === 'string' ? { text: said } : said),
    };
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

/** All texts of a request, for looking into a prompt. */
export function promptOf(request: ChatRequest): string {
  return request.messages.map(({ content }) => content).join('\n');
}
