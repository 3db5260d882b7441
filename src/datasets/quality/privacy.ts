import type { PiiPolicy } from '../../domain/export-spec.ts';
import type { PrivacyTally } from '../redact-examples.ts';
import { notMeasured, type QualityResult, statusOf } from './check.ts';

/** MUST: no personal data or secrets reach the training files. */
export function privacy(policy: PiiPolicy, tally: PrivacyTally, n: number): QualityResult {
  const target = 'no row with personal data or secrets';
  if (n === 0) return notMeasured('privacy', 'MUST', target, 'there are no rows');
  const left = policy === 'keep' ? tally.rows : 0;
  const done = { redact: 'replaced by placeholders', refuse: 'left out', keep: 'kept as they are' }[policy];
  return {
    check: 'privacy',
    level: 'MUST',
    status: statusOf('MUST', left === 0),
    value: left / n,
    n,
    target,
    message: `${tally.rows} rows had personal data or secrets: ${done}`,
    details: tally.found,
  };
}
