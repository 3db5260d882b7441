import type { Provider } from '../../ports/provider.ts';
import { tablePrice } from '../table-price.ts';

/** Anthropic's Messages API. */
export const anthropic: Provider = {
  name: 'anthropic',
  keyEnv: 'ANTHROPIC_API_KEY',
  needsModel: true,
  needsBaseUrl: false,
  modelIsFile: false,
  isModel: true,
  runsLocally: false,
  canReadQuestions: true,
  canAnswerNewQuestions: true,
  hosts: ['api.anthropic.com'],
  baseUrlEnv: 'ANTHROPIC_BASE_URL',
  price: ({ model }) => tablePrice(model, { providerId: 'anthropic' }),
  open: async (spec, env) => (await import('./open-anthropic.ts')).openAnthropic(spec, env),
};
