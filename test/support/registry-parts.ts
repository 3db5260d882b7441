import type { GateAnswer } from '../../src/domain/gate.ts';
import type { VersionDraft } from '../../src/domain/model-version.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { ModelRegistry } from '../../src/ports/model-registry.ts';
import type { Author } from '../../src/registry/change-model.ts';
import type { GateReport } from '../../src/registry/promote-version.ts';
import { registerVersion } from '../../src/registry/register-version.ts';

/** A clock that advances one second per call. */
export function tickingClock(): Clock {
  let now = Date.parse('2026-01-01T00:00:00Z');
  return {
    now() {
      now += 1000;
      return now;
    },
    sleep: () => Promise.resolve(),
  };
}

export const ada: Author = { by: 'ada', clock: tickingClock() };

export function draft(more: Partial<VersionDraft> = {}): VersionDraft {
  return { artefact: '/models/a', lineage: {}, metrics: {}, ...more };
}

export async function registerVersions(registry: ModelRegistry, count: number): Promise<void> {
  for (let version = 0; version < count; version += 1) await registerVersion(registry, 'bot', draft(), ada);
}

let reports = 0;

/** A gate's report on one version of the model "bot" against another. */
export function gateReport(candidate: string, baseline: string, answer: GateAnswer = 'pass'): GateReport {
  reports += 1;
  return {
    candidate: `bot:${candidate}`,
    baseline_model: `bot:${baseline}`,
    gate: `gate-${reports}`,
    answer,
    reasons: [`the panel says ${answer}`],
    criteria: [],
    floors: [],
    basis: 'panel_only',
    has_llm_judge: false,
    report: `/reports/${reports}.json`,
    report_hash: `hash-${reports}`,
  };
}
