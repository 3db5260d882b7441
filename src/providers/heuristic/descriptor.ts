import type { Provider } from '../../ports/provider.ts';
import { free } from '../table-price.ts';

/** Features of the texts, without a model. */
export const heuristic: Provider = {
  name: 'heuristic',
  keyEnv: null,
  needsModel: false,
  needsBaseUrl: false,
  modelIsFile: false,
  isModel: false,
  runsLocally: true,
  canReadQuestions: false,
  canAnswerNewQuestions: true,
  price: () => free,
  open: async (spec) => (await import('./open-heuristic.ts')).openHeuristic(spec),
};
