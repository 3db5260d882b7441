import { dirname, relative } from 'node:path';
import { ConfigError } from '../../domain/errors.ts';
import type { GateResult, GateRubric } from '../../domain/gate.ts';
import type { Job } from '../../domain/job.ts';
import { hashValue } from '../../files/content-hash.ts';
import { writeText } from '../../files/write-lines.ts';
import { recordBaseline } from '../../gate/baseline/record-baseline.ts';
import { type OpenSide, openItems, openSide, type ResponseSource } from './open-sides.ts';

export interface FirstBaselineRequest {
  readonly candidate: ResponseSource;
  readonly items?: string | undefined;
  /** The panel of later gates; its rubrics are recorded. */
  readonly job: Job | null;
}

/** Records responses as the first baseline, without a gate. @throws ConfigError, InputError */
export async function writeFirstBaseline(
  to: ResponseSource,
  { candidate, items, job }: FirstBaselineRequest,
): Promise<void> {
  const side = await openSide('candidate', candidate, items === undefined ? null : await openItems(items));
  await write(to, side, job === null ? [] : panelRubrics(job), null);
}

/**
 * Records the candidate of a gate as the next baseline, if it passed.
 * @returns whether it was written
 * @throws ConfigError where the responses have no file of their own
 */
export async function writeBaseline(
  to: ResponseSource,
  candidate: OpenSide,
  result: GateResult,
): Promise<boolean> {
  if (result.answer !== 'pass') return false;
  await write(to, candidate, result.rubrics, result);
  return true;
}

async function write(
  to: ResponseSource,
  { side, file, responses }: OpenSide,
  rubrics: readonly GateRubric[],
  result: GateResult | null,
): Promise<void> {
  if (file === null) {
    throw new ConfigError(`${to.name}: responses inside an items file cannot be a baseline`, [], {
      hint: 'give the candidate as a file of its own',
    });
  }
  const baseline = recordBaseline(
    { ...side, responses_hash: side.responses_hash! },
    {
      responses: relative(dirname(to.file), file).replaceAll('\\', '/'),
      items: responses.size,
      rubrics,
      result,
    },
  );
  await writeText(to.file, [`${JSON.stringify(baseline, null, 2)}\n`]);
}

/** What a panel judges by, each rubric once. */
export function panelRubrics({ panel, constitutions, rules }: Job): readonly GateRubric[] {
  const found = new Map<string, GateRubric>();
  for (const { rubric, rubricHash } of panel)
    found.set(rubricHash, { id: rubric.id, version: rubric.version, hash: rubricHash });
  for (const constitution of constitutions) {
    const hash = hashValue(constitution);
    found.set(hash, { id: constitution.id, version: constitution.version, hash });
  }
  if (rules.length > 0) found.set('rules', { id: 'rules', version: null, hash: hashValue(rules) });
  return [...found.values()];
}
