import { ConfigError } from '../domain/errors.ts';
import type { DatasetKind } from '../domain/export-spec.ts';
import type { Item } from '../domain/item.ts';
import type { Preference } from '../domain/preference.ts';
import { readItems } from '../files/items.ts';
import { itemExamples } from './builders/by-item.ts';
import { improvementExamples } from './builders/correction-examples.ts';
import { preferenceExamples } from './builders/preference-examples.ts';
import { publicExamples } from './builders/public-examples.ts';
import { retrievalExamples } from './builders/retrieval-examples.ts';
import { safetyExamples } from './builders/safety-examples.ts';
import type { Example, Refusal } from './example.ts';
import { openItemsById } from './items-by-id.ts';
import { readGaps, readImprovements } from './read-improvements.ts';
import { readPreferences } from './read-preferences.ts';

/** Paths of the inputs of a dataset. The required ones depend on the kind. */
export interface ExportInputs {
  /** Preferences require their items. */
  readonly preferences?: string;
  readonly items?: string;
  /** Feedback events, whose corrections become rows, or improvements (accepted revisions). */
  readonly improvements?: readonly string[];
  readonly gaps?: readonly string[];
  /** Public preference rows to mix in. */
  readonly mix?: readonly string[];
}

/** The examples of an export; they can be read several times. */
export interface ExampleSource {
  readonly files: readonly string[];
  /** All records with a prompt, for splits. */
  prompts(): AsyncIterable<Item>;
  examples(observe?: (preference: Preference) => void): AsyncIterable<Example | Refusal>;
}

/** Opens the inputs of an export. @throws ConfigError if the inputs of the kind are missing */
export function openExamples(request: {
  readonly inputs: ExportInputs;
  readonly kind: DatasetKind;
  readonly minProbability: number;
}): ExampleSource {
  const { inputs, kind } = request;
  const { preferences, items, improvements = [], gaps = [], mix = [] } = inputs;
  const paired = preferences !== undefined && items !== undefined;
  if ((preferences === undefined) !== (items === undefined)) {
    throw new ConfigError('preferences and items go together: give both --preferences and --items');
  }
  if (kind === 'rag' ? gaps.length === 0 : !paired && improvements.length === 0) {
    throw new ConfigError(
      `${kind} rows are made from ${kind === 'rag' ? '--gaps' : '--preferences with --items, or --feedback'}`,
    );
  }
  return {
    files: [...(paired ? [preferences, items] : []), ...improvements, ...gaps, ...mix],
    async *prompts() {
      if (paired) yield* readItems(items);
      // several corrections may share one query
      const seen = new Set<string>();
      for await (const { item, prompt, category } of readImprovements(improvements)) {
        if (!seen.has(item)) yield { id: item, prompt, candidates: [], category };
        seen.add(item);
      }
      for await (const gap of readGaps(gaps)) yield { id: gap.id, prompt: gap.question, candidates: [] };
      for (const file of mix) {
        for await (const { meta, prompt } of publicExamples(file))
          yield { id: meta.item, prompt, candidates: [] };
      }
    },
    async *examples(observe) {
      if (kind === 'rag') {
        yield* retrievalExamples(readGaps(gaps));
        return;
      }
      if (paired) yield* fromPreferences(preferences, items, kind, request.minProbability, observe);
      if (kind === 'sft' || kind === 'preference')
        yield* improvementExamples(readImprovements(improvements), kind);
      for (const file of mix) yield* publicExamples(file);
    },
  };
}

async function* fromPreferences(
  file: string,
  itemsFile: string,
  kind: Exclude<DatasetKind, 'rag'>,
  minProbability: number,
  observe: ((preference: Preference) => void) | undefined,
): AsyncGenerator<Example | Refusal> {
  const items = openItemsById(itemsFile);
  const preferences = observe === undefined ? readPreferences(file) : watch(readPreferences(file), observe);
  try {
    if (kind === 'preference' || kind === 'reward')
      yield* preferenceExamples(preferences, items, { minProbability });
    else if (kind === 'safety') yield* safetyExamples(preferences, items);
    else yield* itemExamples(preferences, items, kind);
  } finally {
    await items.close();
  }
}

async function* watch(
  preferences: AsyncIterable<Preference>,
  observe: (preference: Preference) => void,
): AsyncGenerator<Preference> {
  for await (const preference of preferences) {
    observe(preference);
    yield preference;
  }
}
