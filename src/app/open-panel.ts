import { ConfigError } from '../domain/errors.ts';
import type { Job } from '../domain/job.ts';
import type { PanelMember } from '../engine/calls/model-endpoint.ts';
import { missingKey, withProviders } from '../providers/index.ts';
import type { Environment } from './context.ts';
import { evidenceMembers, type RuleOptions } from './evidence-members.ts';
import { constitutionMembers, judgeMembers } from './judge-members.ts';
import { ModelEndpoints } from './open-endpoints.ts';
import { openJudges } from './open-judges.ts';
import type { Parts } from './parts.ts';

/** The raters of a job, with their models open. */
export interface OpenPanel {
  readonly members: readonly PanelMember[];
  /** Who was left out and why, in words. */
  readonly absent: readonly string[];
  close(): Promise<void>;
}

/** Opens everything that a job needs to ask. @throws ConfigError, or ProviderError where a key is missing. */
export async function openPanel(
  job: Job,
  env: Environment,
  options: RuleOptions = {},
  parts: Parts = {},
): Promise<OpenPanel> {
  const providers = withProviders(parts.providers ?? []);
  const endpoints = new ModelEndpoints({ env, concurrency: job.concurrency, seed: job.seed, providers });
  const { judges, absent: missing } = await openJudges(job, endpoints, env, providers);
  const absent = [...missing];
  const evidence = await evidenceMembers(judges, job, env, options, parts);
  const principled = constitutionMembers(judges, job);
  if (job.constitution !== null && principled.length === 0) {
    absent.push('constitution: it needs a judge with a model');
  }
  const members = [...judgeMembers(judges, job), ...principled, ...evidence.members];
  rejectRepeatedRaters(members);
  const asked = members.filter(({ rater }) => !job.skip.includes(rater.kind));
  if (asked.length === 0) {
    throw new ConfigError('no judge is available', [], {
      hint: absent.length > 0 ? `left out: ${absent.join('; ')}` : 'give the job a panel',
    });
  }
  return {
    members: asked,
    absent,
    async close() {
      evidence.close();
      await endpoints.close();
    },
  };
}

function rejectRepeatedRaters(members: readonly PanelMember[]): void {
  const seen = new Set<string>();
  for (const { rater } of members) {
    if (seen.has(rater.id)) {
      throw new ConfigError(`two raters have the id "${rater.id}"`, [], {
        hint: 'votes are recorded by id: give each rater its own',
      });
    }
    seen.add(rater.id);
  }
}

/** The same panel for planning only: nothing is asked, so no key, no server and no leave to run programs is needed. */
export function openPlannedPanel(job: Job, env: Environment, parts: Parts = {}): Promise<OpenPanel> {
  const providers = withProviders(parts.providers ?? []);
  const keys = job.panel.flatMap((spec) => missingKey(spec, env, providers) ?? []);
  const embeddingsKey = job.facts?.embeddings?.keyEnv;
  if (embeddingsKey !== undefined && !env[embeddingsKey]) keys.push(embeddingsKey);
  const placeholders = Object.fromEntries(keys.map((name) => [name, 'not-needed-for-a-plan']));
  const panel = job.panel.map((spec) => ({ ...spec, optional: false }));
  return openPanel({ ...job, panel }, { ...env, ...placeholders }, { allowCommands: true }, parts);
}
