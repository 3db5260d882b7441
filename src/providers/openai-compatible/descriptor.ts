import type { Provider } from '../../ports/provider.ts';
import { tablePrice } from '../table-price.ts';

/** Any server with OpenAI's chat completions; the key is optional. */
export const openaiCompatible: Provider = {
  name: 'openai-compatible',
  keyEnv: null,
  needsModel: true,
  needsBaseUrl: true,
  modelIsFile: false,
  isModel: true,
  runsLocally: false,
  canReadQuestions: true,
  canAnswerNewQuestions: true,
  // Only where the address is a provider's own: a model of the same name elsewhere has another price.
  price: ({ model, baseUrl }) =>
    baseUrl === undefined ? null : tablePrice(model, { providerApiUrl: baseUrl }),
  open: async (spec, env) => (await import('./open-compatible.ts')).openCompatible(spec, env),
};
