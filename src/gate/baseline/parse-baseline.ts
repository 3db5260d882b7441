import type { GateBaseline } from '../../domain/gate-baseline.ts';
import { RecordFields } from '../../files/record-fields.ts';

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
