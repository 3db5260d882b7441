import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Arrival } from '../ports/feedback-store.ts';
import { answerProblem, type Problem } from './problem.ts';
import { lineTypes, type ReadRecord, readRecords } from './read-records.ts';
import { type Answer, type Operation, type ServerContext, schemaNamed } from './route.ts';

type Fields = Readonly<Record<string, unknown>>;

export type Checked<T> =
  | { readonly ok: true; readonly accepted: T }
  | { readonly ok: false; readonly problem: Problem };

/** Ingestion of one kind of record: each is validated, then all valid ones are stored together. */
export interface Intake<T> {
  /** The field that identifies a record in responses. */
  readonly idField: string;
  check(fields: Fields, c: ServerContext): Promise<Checked<T>>;
  store(accepted: readonly T[]): Promise<readonly Arrival[]>;
}

interface Outcome {
  readonly id: unknown;
  readonly status: 'stored' | 'repeated' | 'refused';
  readonly problem?: Problem;
}

/** Events per transaction: a large batch must not block other requests for long. */
const partSize = 500;
/** A body counts as one more event for each so many characters. */
const charactersAnEvent = 16_384;
/** Records that are checked between two pauses. */
const recordsATurn = 16;

/** Handles a POST of one record or a batch. A record that is reported as stored is durable. */
export async function ingest<T>(c: ServerContext, intake: Intake<T>): Promise<Response> {
  const body = await readRecords(c);
  if (!body.ok) return answerProblem(c, body.problem);
  const { batch, records, characters } = body;
  // bytes cost as much as events do
  c.get('charge')(Math.floor(characters / charactersAnEvent));
  if (!batch) {
    const [outcome] = await takePart(c, intake, records);
    const { id, status, problem } = outcome!;
    return problem === undefined
      ? c.json({ id, status }, status === 'stored' ? 201 : 200)
      : answerProblem(c, problem);
  }
  c.get('charge')(Math.max(0, records.length - 1));
  const results: Outcome[] = [];
  for (let from = 0; from < records.length; from += partSize)
    results.push(...(await takePart(c, intake, records.slice(from, from + partSize))));
  const count = (status: Outcome['status']) => results.filter((one) => one.status === status).length;
  return c.json({
    stored: count('stored'),
    repeated: count('repeated'),
    refused: count('refused'),
    results: results.map(({ id, status, problem }, index) => ({
      index,
      id: id ?? null,
      status,
      ...problemOf(problem),
    })),
  });
}

async function takePart<T>(
  c: ServerContext,
  intake: Intake<T>,
  records: readonly ReadRecord[],
): Promise<Outcome[]> {
  const checked: Checked<T>[] = [];
  for (const [index, record] of records.entries()) {
    if (index % recordsATurn === recordsATurn - 1) await nextTurn();
    checked.push(
      'unreadable' in record
        ? refuse(422, 'unreadable', `the record ${record.unreadable}`)
        : await intake.check(record.value as Fields, c),
    );
  }
  const accepted = checked.flatMap((one) => (one.ok ? [one.accepted] : []));
  const arrivals = accepted.length === 0 ? [] : await intake.store(accepted);
  let stored = 0;
  return checked.map((one, index): Outcome => {
    const id = idOf(records[index]!, intake.idField);
    if (!one.ok) return { id, status: 'refused', problem: one.problem };
    return { id, ...outcomeOf(arrivals[stored++]!, intake.idField) };
  });
}

function outcomeOf(arrival: Arrival, idField: string): Omit<Outcome, 'id'> {
  switch (arrival) {
    case 'stored':
    case 'repeated':
      return { status: arrival };
    case 'refused':
      return {
        status: 'refused',
        problem: { status: 409, code: 'conflict', detail: `other content is stored under this ${idField}` },
      };
    case 'erased':
      return {
        status: 'refused',
        problem: { status: 410, code: 'erased', detail: 'this was erased on request and does not come back' },
      };
  }
}

/** A rejected record. */
export function refuse(status: Problem['status'], code: string, detail: string, more: Partial<Problem> = {}) {
  return { ok: false, problem: { status, code, detail, ...more } } as const;
}

function idOf(record: ReadRecord, field: string): unknown {
  const id = 'value' in record ? (record.value as Fields)[field] : null;
  return typeof id === 'string' ? id : null;
}

function problemOf(problem: Problem | undefined): Fields {
  if (problem === undefined) return {};
  const { retryAfterSeconds, ...rest } = problem;
  return { problem: rest };
}

/** Request and response bodies of such a POST, for the OpenAPI document. */
export function intakeOperation(name: string): Pick<Operation, 'request' | 'answers'> {
  const one = schemaNamed(name);
  const lines = { type: 'string', description: `Lines of ${name}` };
  const outcome: Answer['schema'] = {
    type: 'object',
    properties: { id: { type: 'string' }, status: { enum: ['stored', 'repeated'] } },
    required: ['id', 'status'],
  };
  return {
    request: {
      'application/json': { anyOf: [one, { type: 'array', items: one, maxItems: 10_000 }] },
      ...Object.fromEntries(lineTypes.map((type) => [type, lines])),
    },
    answers: {
      200: {
        description: 'A single record that was there already, or what became of each record of a batch',
        schema: { anyOf: [outcome, schemaNamed('BatchResult')] },
      },
      201: { description: 'A single record was stored, durably', schema: outcome },
    },
  };
}
