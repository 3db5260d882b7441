import type { Preference } from '../../domain/preference.ts';
import type { ExampleMeta } from '../example.ts';

const people: readonly string[] = ['human', 'gold'];

/** Whether a preference is based on human votes, machine votes or both. */
export function sourceOf(preference: Preference): ExampleMeta['source'] {
  const kinds = Object.entries(preference.sources)
    .filter(([, opinion]) => opinion !== undefined && opinion.votes > 0)
    .map(([kind]) => kind);
  const human = kinds.some((kind) => people.includes(kind));
  const machine = kinds.some((kind) => !people.includes(kind));
  if (human && machine) return 'mixed';
  return human ? 'human' : 'ai';
}
