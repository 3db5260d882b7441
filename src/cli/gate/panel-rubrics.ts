import type { GateRubric } from '../../domain/gate.ts';
import type { Job } from '../../domain/job.ts';
import { hashValue } from '../../files/content-hash.ts';

/** What the panel judges by, each once. */
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
