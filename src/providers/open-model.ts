import type { ModelSpec } from '../domain/job.ts';
import type { ChatModel } from '../ports/chat-model.ts';
import type { Environment } from './model-key.ts';

/**
 * Opens the way to a model; what its provider needs is loaded only now. Nothing is asked yet.
 * @throws ProviderError `auth` where the key is missing, ConfigError where the spec cannot work.
 */
export async function openModel(spec: ModelSpec, env: Environment): Promise<ChatModel> {
  switch (spec.provider) {
    case 'openai':
      return (await import('./openai/open-openai.ts')).openOpenAi(spec, env);
    case 'anthropic':
      return (await import('./anthropic/open-anthropic.ts')).openAnthropic(spec, env);
    case 'openai-compatible':
      return (await import('./openai-compatible/open-compatible.ts')).openCompatible(spec, env);
    case 'recorded':
      return (await import('./recorded/open-recorded.ts')).openRecorded(spec);
    case 'local':
      return (await import('./local/open-local.ts')).openLocal(spec, env);
    case 'heuristic':
      return (await import('./heuristic/open-heuristic.ts')).openHeuristic(spec);
  }
}
