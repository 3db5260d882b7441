import { readAuthorKeys } from '../../feedback/intake/author-keys.ts';
import type { Erasure } from '../../ports/feedback-store.ts';
import type { AppContext } from '../context.ts';
import { withFeedback } from '../stores/feedback-stores.ts';

/**
 * Erases everything one person left, under the pseudonym of every key, so that a rotation of keys hides no author.
 * @param author the id of the person in the application
 * @throws ConfigError without author keys in the environment
 */
export async function eraseAuthor(
  file: string,
  author: string,
  { env, clock }: AppContext,
): Promise<Erasure> {
  const keys = readAuthorKeys(env);
  return withFeedback(file, async (store) => {
    const sum = { events: 0, interactions: 0, redacted: 0 };
    const datasets = new Set<string>();
    const at = new Date(clock.now()).toISOString();
    for (const pseudonym of keys.allPseudonymsOf(author)) {
      const erasure = await store.erase(pseudonym, at);
      sum.events += erasure.events;
      sum.interactions += erasure.interactions;
      sum.redacted += erasure.redacted;
      for (const dataset of erasure.datasets) datasets.add(dataset);
    }
    return { ...sum, datasets: [...datasets].sort() };
  });
}
