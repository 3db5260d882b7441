import type { Provider } from '../../ports/provider.ts';
import { tablePrice } from '../table-price.ts';

/** OpenAI's own API. */
export const openai: Provider = {
  name: 'openai',
  keyEnv: 'OPENAI_API_KEY',
  needsModel: true,
  needsBaseUrl: false,
  modelIsFile: false,
  isModel: true,
  runsLocally: false,
  canReadQuestions: true,
  canAnswerNewQuestions: true,
  hosts: ['api.openai.com', 'eu.api.openai.com', 'us.api.openai.com'],
  baseUrlEnv: 'OPENAI_BASE_URL',
  price: ({ model }) => tablePrice(model, { providerId: 'openai' }),
  open: async (spec, env) => (await import('./open-openai.ts')).openOpenAi(spec, env),
};
