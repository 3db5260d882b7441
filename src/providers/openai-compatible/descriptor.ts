import type { Provider } from '../../ports/provider.ts';
import { isOwnServer } from '../own-server.ts';
import { free, tablePrice } from '../table-price.ts';

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
  price: ({ model, baseUrl, keyEnv }) => {
    if (baseUrl === undefined) return null;
    const own = isOwnServer({ baseUrl, ...(keyEnv === undefined ? {} : { keyEnv }) });
    return own ? free : tablePrice(model, { providerApiUrl: baseUrl });
  },
  open: async (spec, env) => (await import('./open-compatible.ts')).openCompatible(spec, env),
};
