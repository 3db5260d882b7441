import { candidateOf, type Item } from '../../domain/item.ts';
import type { Preference } from '../../domain/preference.ts';
import type { PreferenceExample, Refusal } from '../example.ts';
import type { ItemsById } from '../items-by-id.ts';
import { sourceOf } from './source-of.ts';
import { promptOf, sameButSpace, unusablePrompt, unusableResponse } from './usable-text.ts';

/** Largest margin, in log-odds: a probability of .9975. Labels cannot support a larger one. */
const maxMargin = 6;

/**
 * Chosen-over-rejected rows from preferences, in their order. A preference that is not accepted, or whose texts
 * cannot be trained on, becomes a refusal with its reason; nothing is dropped silently.
 */
export async function* preferenceExamples(
  preferences: AsyncIterable<Preference> | Iterable<Preference>,
  items: ItemsById,
  options: { readonly minProbability?: number } = {},
): AsyncGenerator<PreferenceExample | Refusal> {
  for await (const preference of preferences) {
    const refuse = (reason: string): Refusal => ({
      kind: 'refusal',
      item: preference.item,
      candidates: [preference.chosen, preference.rejected],
      reason,
    });
    if (preference.status !== 'accepted') {
      yield refuse(`status_${preference.status}`);
      continue;
    }
    if (preference.probability < (options.minProbability ?? 0.5)) {
      yield refuse('probability_below_threshold');
      continue;
    }
    const item = await items.get(preference.item);
    if (item === undefined) {
      yield refuse('item_missing');
      continue;
    }
    const example = exampleOf(preference, item);
    yield typeof example === 'string' ? refuse(example) : example;
  }
}

function exampleOf(preference: Preference, item: Item): PreferenceExample | string {
  const chosen = candidateOf(item, preference.chosen);
  const rejected = candidateOf(item, preference.rejected);
  if (chosen === undefined || rejected === undefined) return 'candidate_missing';
  const reason = unusablePrompt(item) ?? unusableResponse(chosen.text) ?? unusableResponse(rejected.text);
  if (reason !== null) return reason;
  if (sameButSpace(chosen.text!, rejected.text!)) return 'responses_identical';
  return {
    kind: 'preference',
    prompt: promptOf(item),
    chosen: chosen.text!,
    rejected: rejected.text!,
    margin: marginOf(preference.probability),
    meta: {
      id: `${item.id}:${chosen.id}>${rejected.id}`,
      item: item.id,
      category: item.category ?? null,
      cluster: item.cluster ?? null,
      source: sourceOf(preference),
      probability: preference.probability,
      basis: preference.basis,
      candidates: [chosen.id, rejected.id],
      models: [chosen.model ?? null, rejected.model ?? null],
    },
  };
}

/** Log-odds of a probability in [0.5, 1], capped. */
export function marginOf(probability: number): number {
  if (probability >= 1) return maxMargin;
  return Math.min(maxMargin, Math.log(probability / (1 - probability)));
}
