import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigError } from '../../domain/errors.ts';
import type { ModelSpec } from '../../domain/job.ts';
import type { ChatModel } from '../../ports/chat-model.ts';
import type { Environment } from '../model-key.ts';
import { loadLlama } from './load-llama.ts';
import { LocalSession } from './local-session.ts';

/**
 * A GGUF file in this process, through the optional package `node-llama-cpp`. One question at a time: a model on
 * this machine is not made faster by asking it twice at once.
 */
export async function openLocal(spec: ModelSpec, env: Environment): Promise<ChatModel> {
  const file = resolve(spec.model);
  if (!existsSync(file)) {
    throw new ConfigError(`local: ${spec.model}: no such GGUF file`, [], {
      hint: 'give `model` the path of a .gguf file, relative to the folder of the command',
    });
  }
  const session = new LocalSession(await loadLlama(env), file, spec.model);
  return {
    provider: 'local',
    model: spec.model,
    baseUrl: `file:${file}`,
    capabilities: { structured: spec.structured === 'auto', logprobs: true, seed: true },
    complete: (request, { signal }) => session.complete(request, signal),
    close: () => session.close(),
  };
}
