import { ConfigError } from '../../domain/errors.ts';
import type { GateBaseline, GateRubric } from '../../domain/gate.ts';
import { RecordFields } from '../../files/record-fields.ts';

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

/**
 * Parses a baseline file.
 * @returns null if the file is something else (usually responses)
 * @throws InputError for a malformed baseline
 */
export function parseBaseline(text: string, file: string): GateBaseline | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const record = value as Readonly<Record<string, unknown>>;
  if (record.kind !== 'gate_baseline') return null;
  const fields = new RecordFields(file, 1, record);
  if (record.version !== 1) fields.fail('version', '1, the only one that this release reads');
  fields.id('responses');
  fields.id('responses_hash');
  for (const rubric of fields.array('rubrics')) {
    const inner = new RecordFields(
      file,
      1,
      (rubric ?? {}) as Readonly<Record<string, unknown>>,
      'rubrics[].',
    );
    inner.id('id');
    inner.id('hash');
  }
  return value as GateBaseline;
}
