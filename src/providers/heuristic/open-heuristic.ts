import { ConfigError } from '../../domain/errors.ts';
import type { ModelSpec } from '../../domain/job.ts';
import { ProviderError } from '../../domain/provider-error.ts';
import type { ChatModel, ChatReply, ChatRequest } from '../../ports/chat-model.ts';
import { heuristicModels, scoreResponse } from './score-response.ts';
import { writeVerdict } from './write-verdict.ts';

/** Changes whenever the same question would be answered differently. */
const version = 1;

/**
 * A rater without a model: deterministic features of the texts, answered in the form that a judge would use, and
 * labelled `heuristic` wherever it shows. `features` (the default) looks at everything, `reference` only at the
 * agreement with a reference answer, `instructions` only at demands that can be read off the prompt; the latter two
 * decline where there is nothing to go by.
 */
export function openHeuristic(spec: Pick<ModelSpec, 'model'>): ChatModel {
  const name = spec.model === 'heuristic' ? 'features' : spec.model;
  const model = heuristicModels.find((known) => known === name);
  if (model === undefined) {
    throw new ConfigError(`the heuristic provider has no model "${spec.model}"`, [], {
      hint: `models: ${heuristicModels.join(', ')}`,
    });
  }
  const reply = (text: string, finish: ChatReply['finish']): ChatReply => ({
    text,
    finish,
    modelAnswered: `heuristic/${model}-${version}`,
    usage: { input: 0, output: 0 },
  });
  return {
    provider: 'heuristic',
    model: `${model}-${version}`,
    baseUrl: '',
    capabilities: { structured: true, logprobs: false, seed: true, languageModel: false },
    complete(request: ChatRequest): Promise<ChatReply> {
      const { task } = request;
      if (task === undefined) {
        const message = 'the heuristic rater compares and scores; it cannot write';
        const hint = 'name a judge with a model for this work';
        return Promise.reject(
          new ProviderError('bad_request', message, { provider: 'heuristic', model, hint }),
        );
      }
      const found = task.shown.map(({ text }) => scoreResponse(model, task.item, text ?? ''));
      const scored = found.filter((one) => one !== null);
      if (scored.length < found.length) {
        const lacking = model === 'reference' ? 'reference answer' : 'demand that can be checked';
        return Promise.resolve(reply(`There is no ${lacking} to go by.`, 'refusal'));
      }
      const reason = scored
        .map(({ findings }, index) => `response ${index + 1}: ${findings.join(', ')}`)
        .join('; ');
      const scores = scored.map(({ score }) => score);
      return Promise.resolve(reply(writeVerdict(task, scores, `Heuristic, no model: ${reason}.`), 'stop'));
    },
  };
}
