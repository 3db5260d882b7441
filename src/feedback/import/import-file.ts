import type { FeedbackEvent, Interaction } from '../../domain/feedback-event.ts';
import type { ImportMap } from '../../domain/import-map.ts';
import type { JsonRecord } from '../../files/read-records.ts';
import type { Arrival, FeedbackStore } from '../../ports/feedback-store.ts';
import { acceptEvent, acceptInteraction, type IntakeSettings, type Refused } from '../intake/accept-event.ts';
import type { FileFacts, ImportDefaults, ImportRecord } from './import-record.ts';
import { detectFormat, type ImportFormat, mapperFor } from './mapper.ts';
import { readFileFacts, readImport } from './read-import.ts';

/** A file to import. */
export interface ImportRequest {
  readonly store: FeedbackStore;
  /** Null: detected from the first records. */
  readonly format: ImportFormat | null;
  readonly map: ImportMap;
  readonly intake: IntakeSettings;
  /** Default source: the name of the format. */
  readonly defaults: Partial<Pick<ImportDefaults, 'source' | 'modelVersion' | 'author'>>;
  /** Called for every rejected line, with its content. */
  readonly onRefused?: (refused: RefusedLine) => void;
}

/** A line that was not imported. */
export interface RefusedLine {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly reason: string;
  readonly record: JsonRecord | null;
}

/** Counts of events, except `lines`. Every line is in one of them. */
export interface ImportReport {
  readonly file: string;
  readonly format: ImportFormat;
  lines: number;
  stored: number;
  repeated: number;
  interactions: number;
  readonly skipped: Record<string, number>;
  readonly refused: Record<string, number>;
}

const batchRecords = 500;
const batchLength = 4_000_000;

/** Imports one file into the store, streamed in batches; each batch is durable before the next is read. Invalid lines are
 * rejected with their line number, the rest is imported. Idempotent: the same file again changes nothing.
 * @throws InputError if the file cannot be read further; earlier batches are stored
 */
export async function importFile(file: string, request: ImportRequest): Promise<ImportReport> {
  const records = readImport(file);
  const first = await records.next();
  const format = request.format ?? detectFormat(first.done === true ? [] : [first.value]);
  const facts: FileFacts = format === 'promptfoo' ? await readFileFacts(file) : {};
  const run = new ImportRun(file, format, request, facts);
  if (first.done !== true) run.take(first.value);
  try {
    for await (const record of records) {
      run.take(record);
      if (run.isFull) await run.flush();
    }
  } finally {
    await run.flush();
  }
  return run.report;
}

interface Waiting<T> {
  readonly line: number;
  readonly record: JsonRecord;
  readonly value: T;
}

class ImportRun {
  readonly report: ImportReport;
  readonly #request: ImportRequest;
  readonly #facts: FileFacts;
  readonly #defaults: ImportDefaults;
  readonly #mapper: ReturnType<typeof mapperFor>;
  #events: Waiting<FeedbackEvent>[] = [];
  #interactions: Waiting<Interaction>[] = [];
  #length = 0;

  constructor(file: string, format: ImportFormat, request: ImportRequest, facts: FileFacts) {
    this.report = {
      file,
      format,
      lines: 0,
      stored: 0,
      repeated: 0,
      interactions: 0,
      skipped: {},
      refused: {},
    };
    this.#request = request;
    this.#facts = facts;
    this.#mapper = mapperFor(format, request.map);
    const { keys } = request.intake;
    this.#defaults = {
      source: format === 'events' ? 'import' : format,
      ...request.defaults,
      stablePseudonymOf: (author) => keys.allPseudonymsOf(author).at(-1)!,
    };
  }

  get isFull(): boolean {
    return this.#events.length + this.#interactions.length >= batchRecords || this.#length >= batchLength;
  }

  take(read: ImportRecord): void {
    this.report.lines += 1;
    if ('problem' in read) {
      this.#refuse(read.line, null, read.problem);
      return;
    }
    const { line, record } = read;
    const { events, interactions, skipped, problem } = this.#mapper(record, this.#facts, this.#defaults);
    if (problem !== undefined) this.#refuse(line, record, problem);
    if (skipped !== undefined) this.report.skipped[skipped] = (this.report.skipped[skipped] ?? 0) + 1;
    for (const incoming of interactions) {
      const accepted = acceptInteraction(incoming, this.#request.intake);
      if (accepted.ok) this.#interactions.push({ line, record, value: accepted.interaction });
      // an event of the same line says the same
      else if (events.length === 0) this.#refuse(line, record, reasonOf(accepted));
    }
    for (const incoming of events) {
      const accepted = acceptEvent(incoming, this.#request.intake);
      if (!accepted.ok) this.#refuse(line, record, reasonOf(accepted));
      else {
        this.#events.push({ line, record, value: accepted.event });
        this.#length += accepted.event.response.length;
      }
    }
  }

  async flush(): Promise<void> {
    const { store } = this.#request;
    const events = this.#events;
    const interactions = this.#interactions;
    this.#events = [];
    this.#interactions = [];
    this.#length = 0;
    const served = await store.recordInteractions(interactions.map(({ value }) => value));
    served.forEach((arrival, index) => {
      if (arrival === 'stored') this.report.interactions += 1;
      else this.#arrived(arrival, interactions[index]!);
    });
    const arrivals = await store.append(events.map(({ value }) => value));
    arrivals.forEach((arrival, index) => {
      if (arrival === 'stored') this.report.stored += 1;
      else if (arrival === 'repeated') this.report.repeated += 1;
      else this.#arrived(arrival, events[index]!);
    });
  }

  #arrived(arrival: Arrival, { line, record }: Waiting<unknown>): void {
    if (arrival === 'refused') this.#refuse(line, record, 'its id is already used by other content');
    if (arrival === 'erased') this.#refuse(line, record, 'it or its author was erased');
  }

  #refuse(line: number, record: JsonRecord | null, reason: string): void {
    this.report.refused[reason] = (this.report.refused[reason] ?? 0) + 1;
    this.#request.onRefused?.({ file: this.report.file, line, reason, record });
  }
}

/** Missing fields first, then other problems. Reasons are counted, so they never contain values. */
function reasonOf({ missing, problems }: Refused): string {
  const rest = problems.filter(({ path }) => !missing.includes(path));
  return [
    ...(missing.length === 0 ? [] : [`missing: ${[...missing].sort().join(', ')}`]),
    ...rest.map(({ path, message }) => `${path} ${message.replace(/: \d+ characters/, '')}`.trim()),
  ].join('; ');
}
