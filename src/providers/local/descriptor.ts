import type { Provider } from '../../ports/provider.ts';
import { free } from '../table-price.ts';

/** A GGUF file in this process. */
export const local: Provider = {
  name: 'local',
  keyEnv: null,
  needsModel: true,
  needsBaseUrl: false,
  modelIsFile: true,
  isModel: true,
  runsLocally: true,
  canReadQuestions: true,
  canAnswerNewQuestions: true,
  price: () => free,
  open: async (spec, env) => (await import('./open-local.ts')).openLocal(spec, env),
};
