import type { EventDecision } from '../../domain/event-decision.ts';

/** Fingerprint of a decision; equal fingerprints mean equal decisions. */
export function fingerprintOf({
  stage,
  weight,
  reasons,
}: Pick<EventDecision, 'stage' | 'weight' | 'reasons'>): number {
  const text = `${stage} ${weight} ${reasons.join('\n')}`;
  let hash = 2166136261;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619);
  // 0 and 1 are reserved
  return (hash ^ (hash >>> 15)) | 2;
}
