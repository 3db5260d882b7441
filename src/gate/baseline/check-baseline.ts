import { ConfigError } from '../../domain/errors.ts';
import type { GateRubric } from '../../domain/gate.ts';
import type { GateBaseline } from '../../domain/gate-baseline.ts';

const again = 'record it again: quorate gate --candidate RESPONSES --write-baseline FILE';

/** @throws ConfigError where the responses are not those that were recorded. */
export function checkResponses(baseline: GateBaseline, responsesHash: string, file: string): void {
  if (baseline.responses_hash === responsesHash) return;
  throw new ConfigError(
    `${file}: ${baseline.responses} has changed since the baseline was recorded (${short(baseline.responses_hash)} then, ${short(responsesHash)} now)`,
    [],
    { hint: again },
  );
}

/**
 * A baseline that was accepted under one rubric says nothing under another.
 * @param rubrics what the votes are given under; by hash alone where only recorded votes tell
 * @returns a warning where nothing tells the rubric. @throws ConfigError where a rubric is not one of the baseline's.
 */
export function checkRubrics(
  baseline: GateBaseline,
  rubrics: readonly GateRubric[],
  file: string,
): string | null {
  if (baseline.rubrics.length === 0) return null;
  if (rubrics.length === 0)
    return 'the votes do not say under which rubric they were given: the baseline was not checked';
  const known = new Set(baseline.rubrics.map(({ hash }) => hash));
  const stranger = rubrics.find(({ hash }) => !known.has(hash));
  if (stranger === undefined) return null;
  const namesake = baseline.rubrics.find(({ id }) => id === stranger.id);
  const then = (namesake === undefined ? baseline.rubrics : [namesake]).map(nameOf).join(', ');
  throw new ConfigError(
    `${file}: the baseline was recorded under ${then}; the votes are given under ${nameOf(stranger)}`,
    [],
    { hint: `two rubrics measure two things: judge by the old one, or ${again}` },
  );
}

function nameOf({ id, version, hash }: GateRubric): string {
  const name = id === hash ? 'rubric' : `"${id}"`;
  return `${name}${version === null ? '' : ` version ${version}`} (${short(hash)})`;
}

function short(hash: string): string {
  return hash.slice(0, 12);
}
