import { InputError } from '../../domain/errors.ts';
import type { ImportMap } from '../../domain/import-map.ts';
import type { IntakeRules } from '../../domain/intake.ts';
import {
  type ImportReport,
  type ImportRequest,
  importFile,
  type RefusedLine,
} from '../../feedback/import/import-file.ts';
import type { ImportFormat } from '../../feedback/import/mapper.ts';
import { readAuthorKeys } from '../../feedback/intake/author-keys.ts';
import type { AppContext } from '../context.ts';
import { openFeedbackStore } from '../stores/feedback-stores.ts';

export interface ImportFeedbackRequest {
  readonly files: readonly string[];
  readonly store: string;
  /** Null: detected from the first record of each file. */
  readonly format: ImportFormat | null;
  readonly map: ImportMap;
  readonly rules: IntakeRules;
  readonly defaults: ImportRequest['defaults'];
  /** Called for every refused line. */
  readonly onRefused: (refused: RefusedLine) => void;
}

/** What became of one file. Of an unreadable one, the records before the broken place are stored. */
export type ImportedFile =
  | { readonly status: 'imported'; readonly report: ImportReport }
  | { readonly status: 'unreadable'; readonly error: InputError };

/**
 * Imports files into a feedback store, one result a file in their order. Importing a file again changes nothing.
 * @throws ConfigError without author keys in the environment; StoreError
 */
export async function* importFeedback(
  { files, store: place, rules, ...request }: ImportFeedbackRequest,
  { env, clock }: AppContext,
): AsyncGenerator<ImportedFile> {
  const keys = readAuthorKeys(env);
  const store = await openFeedbackStore(place);
  try {
    for (const file of files) {
      const intake = { rules, keys, nowMs: clock.now() };
      yield await importOne(file, { ...request, store, intake });
    }
  } finally {
    await store.close();
  }
}

async function importOne(file: string, request: ImportRequest): Promise<ImportedFile> {
  try {
    return { status: 'imported', report: await importFile(file, request) };
  } catch (error) {
    if (error instanceof InputError) return { status: 'unreadable', error };
    throw error;
  }
}
