import type { Preference } from '../../domain/preference.ts';
import type { ExampleMeta } from '../example.ts';

const humanKinds: readonly string[] = ['human', 'gold'];

/** Whether a preference is based on human votes, machine votes or both. */
export function sourceOf(preference: Preference): ExampleMeta['source'] {
  const kinds = Object.entries(preference.sources)
    .filter(([, opinion]) => opinion !== undefined && opinion.votes > 0)
    .map(([kind]) => kind);
  const human = kinds.some((kind) => humanKinds.includes(kind));
  const machine = kinds.some((kind) => !humanKinds.includes(kind));
  if (human && machine) return 'mixed';
  return human ? 'human' : 'ai';
}
