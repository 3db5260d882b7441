import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigError } from '../../domain/errors.ts';
import type { Environment } from '../model-key.ts';

/** What is used of the optional package `node-llama-cpp` (version 3); its own types need it installed. */
export interface LlamaPackage {
  getLlama(options: {
    build: 'never';
    logLevel: 'error';
    progressLogs: false;
    maxThreads: number;
  }): Promise<Llama>;
  readonly LlamaChat: new (options: { contextSequence: LlamaSequence }) => LlamaChat;
}

export interface Llama {
  loadModel(options: { modelPath: string }): Promise<LlamaModel>;
  createGrammarForJsonSchema(schema: object): Promise<object>;
  dispose(): Promise<void>;
}

export interface LlamaModel {
  readonly trainContextSize: number;
  readonly tokenizer: object;
  detokenize(tokens: readonly number[]): string;
  isEogToken(token: number): boolean;
  createContext(options: { contextSize: { min?: number; max: number } }): Promise<LlamaContext>;
}

export interface LlamaContext {
  readonly contextSize: number;
  getSequence(): LlamaSequence;
}

export interface LlamaSequence {
  evaluate(tokens: readonly number[], options: object): AsyncGenerator<number, void, unknown>;
  evaluateWithMetadata(
    tokens: readonly number[],
    metadata: { readonly probabilities: true },
    options: object,
  ): AsyncGenerator<LlamaStep, void, unknown>;
}

/** A drawn token and, most likely first, the shares of all tokens that it was drawn from. */
export interface LlamaStep {
  readonly token: number;
  readonly probabilities: ReadonlyMap<number, number>;
}

export type LlamaTurn =
  | { readonly type: 'system'; readonly text: string }
  | { readonly type: 'user'; readonly text: string }
  | { readonly type: 'model'; readonly response: readonly string[] };

export interface LlamaChat {
  readonly chatWrapper: {
    generateContextState(options: { chatHistory: readonly LlamaTurn[] }): {
      readonly contextText: { tokenize(tokenizer: object): readonly unknown[] };
    };
  };
  generateResponse(
    history: readonly LlamaTurn[],
    options: {
      readonly signal: AbortSignal;
      readonly maxTokens: number;
      readonly temperature: number;
      /** 0 draws from all tokens; the package's own default is the 40 likeliest. */
      readonly topK?: number;
      readonly topP?: number;
      readonly seed?: number;
      readonly grammar?: object;
      readonly onToken: (tokens: readonly unknown[]) => void;
    },
  ): Promise<{ readonly response: string; readonly metadata: { readonly stopReason: string } }>;
}

const packageName = 'node-llama-cpp';
/** Names the folder of the package where it is not among the project's own. */
const folderVariable = 'QUORATE_NODE_LLAMA_CPP';

/** @throws ConfigError that says how to install the package where it is missing. */
export async function loadLlama(env: Environment): Promise<LlamaPackage> {
  const folder = env[folderVariable];
  const from = folder ? pathToFileURL(join(folder, 'dist', 'index.js')).href : packageName;
  try {
    return (await import(from)) as LlamaPackage;
  } catch (cause) {
    throw new ConfigError(`local: the optional package ${packageName} cannot be loaded from ${from}`, [], {
      cause,
      hint: `npm install ${packageName}@3, or name its folder in ${folderVariable}`,
    });
  }
}
