import { ConfigError } from '../../domain/errors.ts';
import type { GateRubric } from '../../domain/gate.ts';
import type { GateBaseline } from '../../domain/gate-baseline.ts';

const rerecordHint = 'record it again: quorate gate --candidate RESPONSES --baseline-out FILE';

/** @throws ConfigError if the responses differ from the recorded ones. */
export function checkResponses(baseline: GateBaseline, responsesHash: string, file: string): void {
  if (baseline.responses_hash === responsesHash) return;
  throw new ConfigError(
    `${file}: ${baseline.responses} has changed since the baseline was recorded (${short(baseline.responses_hash)} then, ${short(responsesHash)} now)`,
    [],
    { hint: rerecordHint },
  );
}

/**
 * Checks that the votes use the rubrics of the baseline: scores under another rubric are not comparable.
 * @param rubrics rubrics of the votes; known by hash only for recorded votes
 * @returns a warning if the rubric is unknown
 * @throws ConfigError if the baseline does not have one of the rubrics
 */
export function checkRubrics(
  baseline: GateBaseline,
  rubrics: readonly GateRubric[],
  file: string,
): string | null {
  if (baseline.rubrics.length === 0) return null;
  if (rubrics.length === 0)
    return 'the votes do not name their rubric: the rubrics of the baseline were not checked';
  const known = new Set(baseline.rubrics.map(({ hash }) => hash));
  const unknown = rubrics.find(({ hash }) => !known.has(hash));
  if (unknown === undefined) return null;
  const sameId = baseline.rubrics.find(({ id }) => id === unknown.id);
  const then = (sameId === undefined ? baseline.rubrics : [sameId]).map(nameOf).join(', ');
  throw new ConfigError(
    `${file}: the baseline was recorded under ${then}, the votes under ${nameOf(unknown)}`,
    [],
    {
      hint: `scores under different rubrics are not comparable: judge with the recorded rubric, or ${rerecordHint}`,
    },
  );
}

function nameOf({ id, version, hash }: GateRubric): string {
  const name = id === hash ? 'rubric' : `"${id}"`;
  return `${name}${version === null ? '' : ` version ${version}`} (${short(hash)})`;
}

function short(hash: string): string {
  return hash.slice(0, 12);
}
