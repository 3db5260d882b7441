import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import type { ChatMessage } from '../../domain/message.ts';
import { ProviderError } from '../../domain/provider-error.ts';
import type { ChatReply, ChatRequest } from '../../ports/chat-model.ts';
import type { Llama, LlamaChat, LlamaModel, LlamaPackage, LlamaSequence, LlamaTurn } from './load-llama.ts';
import { withLogprobs } from './with-logprobs.ts';

/** More context costs memory that few judge prompts need. */
const maxContextTokens = 16_384;

interface Loaded {
  readonly llama: Llama;
  readonly model: LlamaModel;
  readonly sequence: LlamaSequence;
  readonly chat: LlamaChat;
  readonly contextTokens: number;
}

/**
 * A GGUF file loaded at the first question; questions are answered one after the other. One processor is left to
 * others: llama.cpp's threads wait for each other in a loop, and crawl where they do not all run.
 */
export class LocalSession {
  readonly #package: LlamaPackage;
  readonly #file: string;
  readonly #model: string;
  #loading: Promise<Loaded> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(llamaPackage: LlamaPackage, file: string, model: string) {
    this.#package = llamaPackage;
    this.#file = file;
    this.#model = model;
  }

  complete(request: ChatRequest, signal: AbortSignal): Promise<ChatReply> {
    const turn = this.#last.then(() => this.#answer(request, signal));
    this.#last = turn.catch(() => {});
    return turn;
  }

  async close(): Promise<void> {
    await this.#last;
    if (this.#loading !== undefined) await (await this.#loading).llama.dispose();
  }

  async #answer(request: ChatRequest, signal: AbortSignal): Promise<ChatReply> {
    signal.throwIfAborted();
    this.#loading ??= this.#load();
    const { llama, model, sequence, chat, contextTokens } = await this.#loading;
    const history = request.messages.map(asTurn);
    const input = chat.chatWrapper
      .generateContextState({ chatHistory: history })
      .contextText.tokenize(model.tokenizer).length;
    // The package would silently drop the oldest text to make room.
    if (input + request.maxTokens > contextTokens) {
      const needed = `${input} tokens and ${request.maxTokens} for the answer`;
      throw new ProviderError('context_too_long', `local: ${needed} do not fit into ${contextTokens}`, {
        provider: 'local',
        model: this.#model,
        hint: 'use a model with a longer context, or a lower max_tokens',
      });
    }
    const { temperature = 0, topLogprobs } = request;
    const grammar =
      request.schema === undefined ? undefined : await llama.createGrammarForJsonSchema(request.schema.json);
    let output = 0;
    const generate = () =>
      chat.generateResponse([...history, { type: 'model', response: [] }], {
        signal,
        maxTokens: request.maxTokens,
        temperature,
        seed: request.seed ?? request.sample ?? 0,
        ...drawnFrom(request),
        ...(grammar === undefined ? {} : { grammar }),
        onToken: (tokens) => {
          output += tokens.length;
        },
      });
    const { generated, logprobs } =
      topLogprobs === undefined
        ? { generated: await generate(), logprobs: undefined }
        : await withLogprobs(model, sequence, { top: topLogprobs, temperature }, generate);
    return {
      text: generated.response,
      finish: generated.metadata.stopReason === 'maxTokens' ? 'length' : 'stop',
      modelAnswered: basename(this.#file),
      usage: { input, output },
      ...(logprobs === undefined ? {} : { logprobs }),
    };
  }

  async #load(): Promise<Loaded> {
    try {
      const llama = await this.#package.getLlama({
        build: 'never',
        logLevel: 'error',
        progressLogs: false,
        maxThreads: Math.max(1, availableParallelism() - 1),
      });
      const model = await llama.loadModel({ modelPath: this.#file });
      const contextSize = { max: Math.min(model.trainContextSize, maxContextTokens) };
      const context = await model.createContext({ contextSize });
      const sequence = context.getSequence();
      const chat = new this.#package.LlamaChat({ contextSequence: sequence });
      return { llama, model, sequence, chat, contextTokens: context.contextSize };
    } catch (cause) {
      throw new ProviderError('bad_request', `local: ${this.#model} cannot be loaded: ${String(cause)}`, {
        provider: 'local',
        model: this.#model,
        cause,
        hint: 'is it a whole GGUF file of a chat model, and is there memory for it?',
      });
    }
  }
}

function asTurn({ role, content }: ChatMessage): LlamaTurn {
  if (role === 'assistant') return { type: 'model', response: [content] };
  return { type: role === 'system' ? 'system' : 'user', text: content };
}

/** Where log-probabilities are asked for, the draw is from all tokens: a token that was cut away would have none. */
function drawnFrom({ topP, topLogprobs }: ChatRequest): { topK?: number; topP?: number } {
  if (topLogprobs !== undefined) return { topK: 0, topP: topP ?? 1 };
  return topP === undefined ? {} : { topP };
}
