import { candidateOf } from '../../domain/item.ts';
import type { Preference } from '../../domain/preference.ts';
import type { PreferenceExample, Refusal } from '../example.ts';
import type { ItemsById } from '../items-by-id.ts';
import { marginOf } from './preference-examples.ts';
import { sourceOf } from './source-of.ts';
import { promptOf, unusablePrompt, unusableResponse } from './usable-text.ts';

/** Safe-over-unsafe rows: pairs that a veto decided. `chosen` is the response without one. */
export async function* safetyExamples(
  preferences: AsyncIterable<Preference> | Iterable<Preference>,
  items: ItemsById,
): AsyncGenerator<PreferenceExample | Refusal> {
  for await (const preference of preferences) {
    if (preference.status !== 'vetoed') continue;
    const item = await items.get(preference.item);
    const safe = item === undefined ? undefined : candidateOf(item, preference.chosen);
    const unsafe = item === undefined ? undefined : candidateOf(item, preference.rejected);
    const reason =
      item === undefined
        ? 'item_missing'
        : (unusablePrompt(item) ?? unusableResponse(safe?.text) ?? unusableResponse(unsafe?.text));
    if (item === undefined || reason !== null) {
      const candidates = [preference.chosen, preference.rejected];
      yield { kind: 'refusal', item: preference.item, candidates, reason: reason ?? 'item_missing' };
      continue;
    }
    yield {
      kind: 'preference',
      prompt: promptOf(item),
      chosen: safe!.text!,
      rejected: unsafe!.text!,
      margin: marginOf(preference.probability),
      meta: {
        id: `${item.id}:${preference.chosen}>${preference.rejected}:safety`,
        item: item.id,
        category: item.category ?? null,
        cluster: item.cluster ?? null,
        source: sourceOf(preference),
        probability: preference.probability,
        basis: preference.basis,
        candidates: [preference.chosen, preference.rejected],
        models: [safe!.model ?? null, unsafe!.model ?? null],
      },
    };
  }
}
