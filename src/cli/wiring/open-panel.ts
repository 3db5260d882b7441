import { ConfigError } from '../../domain/errors.ts';
import type { Job, JudgeSpec } from '../../domain/job.ts';
import type { PanelMember } from '../../engine/lane.ts';
import { missingKey } from '../../providers/model-key.ts';
import { isReachable } from './is-reachable.ts';
import { constitutionMembers, judgeMembers, type PresentJudge } from './judge-members.ts';
import { type Environment, Lanes } from './open-lanes.ts';

/** The raters of a job, with their models open. */
export interface OpenPanel {
  readonly members: readonly PanelMember[];
  /** Who was left out and why, in words. */
  readonly absent: readonly string[];
  close(): Promise<void>;
}

/** Opens everything that a job needs to ask. @throws ConfigError, or ProviderError where a key is missing. */
export async function openPanel(job: Job, env: Environment): Promise<OpenPanel> {
  const lanes = new Lanes({ env, concurrency: job.concurrency, seed: job.seed });
  const judges: PresentJudge[] = [];
  const absent: string[] = [];
  for (const spec of job.panel) {
    const reason = spec.optional ? await whyAbsent(spec, env) : null;
    if (reason === null) judges.push({ spec, lane: await lanes.open(spec) });
    else absent.push(`${spec.id}: ${reason}`);
  }
  const members = [...judgeMembers(judges, job), ...constitutionMembers(judges, job)];
  const asked = members.filter(({ rater }) => !job.skip.includes(rater.kind));
  if (asked.length === 0) {
    throw new ConfigError('nobody is there to be asked', [], {
      hint: absent.length > 0 ? `left out: ${absent.join('; ')}` : 'give the job a panel',
    });
  }
  return { members: asked, absent, close: () => lanes.close() };
}

/** The same panel for planning only: nothing is asked, so no key and no server is needed. */
export function openPlannedPanel(job: Job, env: Environment): Promise<OpenPanel> {
  const keys = job.panel.flatMap((spec) => missingKey(spec, env) ?? []);
  const placeholders = Object.fromEntries(keys.map((name) => [name, 'not-needed-for-a-plan']));
  const panel = job.panel.map((spec) => ({ ...spec, optional: false }));
  return openPanel({ ...job, panel }, { ...env, ...placeholders });
}

async function whyAbsent(spec: JudgeSpec, env: Environment): Promise<string | null> {
  const key = missingKey(spec, env);
  if (key !== null) return `${key} is not set`;
  if (spec.baseUrl !== undefined && !(await isReachable(spec.baseUrl)))
    return `no model server at ${spec.baseUrl}`;
  return null;
}
