import { dirname, relative, resolve } from 'node:path';
import { ConfigError } from '../../domain/errors.ts';
import type { GateResult, GateRubric } from '../../domain/gate.ts';
import type { Job } from '../../domain/job.ts';
import { writeText } from '../../files/write-lines.ts';
import { recordBaseline } from '../../gate/baseline/record-baseline.ts';
import { type CommandIo, note } from '../io.ts';
import type { OpenSide } from './open-sides.ts';
import { panelRubrics } from './panel-rubrics.ts';

/** Records the candidate as what later gates are held against: after a gate, only if it passed. */
export async function writeBaseline(
  io: CommandIo,
  name: string,
  { side, file, responses }: OpenSide,
  result: GateResult | null,
  job: Job | null = null,
): Promise<void> {
  if (result !== null && result.answer !== 'pass') {
    note(io, `${name}: not written, since the candidate did not pass`);
    return;
  }
  if (file === null)
    throw new ConfigError(`${name}: responses inside an items file cannot be a baseline`, [], {
      hint: 'give the candidate as a file of its own',
    });
  const path = resolve(io.cwd, name);
  const rubrics: readonly GateRubric[] = result?.rubrics ?? (job === null ? [] : panelRubrics(job));
  const baseline = recordBaseline(
    { ...side, responses_hash: side.responses_hash! },
    {
      responses: relative(dirname(path), file).replaceAll('\\', '/'),
      items: responses.size,
      rubrics,
      result,
    },
  );
  await writeText(path, [`${JSON.stringify(baseline, null, 2)}\n`]);
  note(io, `${name}: written; commit it beside the responses`);
}
