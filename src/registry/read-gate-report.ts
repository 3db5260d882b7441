import { readFile } from 'node:fs/promises';
import { InputError } from '../domain/errors.ts';
import { type GateResult, gateAnswers } from '../domain/gate.ts';
import { hashText } from '../files/content-hash.ts';
import type { GateReport } from './promote-version.ts';

/** Reads a result of `quorate gate --json`. @throws InputError if it is not a gate result or does not name both models */
export async function readGateReport(file: string): Promise<GateReport> {
  const text = await readFile(file, 'utf8');
  const fail = (message: string, hint: string, cause?: unknown): never => {
    throw new InputError(file, null, message, { hint, cause });
  };
  const parse = (): Partial<GateResult> | null => {
    try {
      return JSON.parse(text) as Partial<GateResult> | null;
    } catch (cause) {
      return fail('not valid JSON', 'write it with quorate gate --json', cause);
    }
  };
  const result = parse();
  if (
    result?.kind !== 'gate_result' ||
    result.version !== 1 ||
    !gateAnswers.some((a) => a === result.answer)
  ) {
    return fail('is not a gate result (version 1)', 'write it with quorate gate --json');
  }
  const { id, answer, reasons, criteria, floors, basis, has_llm_judge, candidate, baseline } =
    result as GateResult;
  const nameOf = (side: 'candidate' | 'baseline', model: string | null | undefined) =>
    model ??
    fail(
      `does not name the model of the ${side}`,
      `name it ("model") on every response of the ${side}'s items, then run the gate again`,
    );
  return {
    candidate: nameOf('candidate', candidate?.model),
    baseline_model: nameOf('baseline', baseline?.model),
    gate: id,
    answer,
    reasons,
    criteria,
    floors,
    basis,
    has_llm_judge,
    report: file,
    report_hash: hashText(text),
  };
}
