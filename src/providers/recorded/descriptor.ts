import type { Provider } from '../../ports/provider.ts';
import { free } from '../table-price.ts';

/** A file of replies, for tests and for judging again without calls. */
export const recorded: Provider = {
  name: 'recorded',
  keyEnv: null,
  needsModel: true,
  needsBaseUrl: false,
  modelIsFile: true,
  isModel: true,
  runsLocally: true,
  canReadQuestions: true,
  canAnswerNewQuestions: false,
  price: () => free,
  open: async (spec) => (await import('./open-recorded.ts')).openRecorded(spec),
};
