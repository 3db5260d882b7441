import type { Job, JudgeSpec } from '../domain/job.ts';
import type { Providers } from '../ports/provider.ts';
import { missingKey } from '../providers/index.ts';
import type { Environment } from './context.ts';
import type { PresentJudge } from './judge-members.ts';
import type { ModelEndpoints } from './open-endpoints.ts';

/** Opens the models of a job's panel; optional judges without a key or a server are left out, with the reason. */
export async function openJudges(
  job: Job,
  endpoints: ModelEndpoints,
  env: Environment,
  providers?: Providers,
): Promise<{ readonly judges: readonly PresentJudge[]; readonly absent: readonly string[] }> {
  const judges: PresentJudge[] = [];
  const absent: string[] = [];
  for (const spec of job.panel) {
    const reason = spec.optional ? await whyAbsent(spec, env, providers) : null;
    if (reason === null) judges.push({ spec, endpoint: await endpoints.open(spec) });
    else absent.push(`${spec.id}: ${reason}`);
  }
  return { judges, absent };
}

async function whyAbsent(
  spec: JudgeSpec,
  env: Environment,
  providers: Providers | undefined,
): Promise<string | null> {
  const key = missingKey(spec, env, providers);
  if (key !== null) return `${key} is not set`;
  if (spec.baseUrl !== undefined && !(await isReachable(spec.baseUrl))) {
    return `no model server at ${spec.baseUrl}`;
  }
  return null;
}

const patienceMs = 2000;

/** Whether a server with models answers; one that only wants a key counts, a web server of another kind does not. */
async function isReachable(baseUrl: string): Promise<boolean> {
  try {
    const response = await fetch(`${baseUrl.replace(/\/$/, '')}/models`, {
      signal: AbortSignal.timeout(patienceMs),
      redirect: 'manual',
    });
    void response.body?.cancel().catch(() => undefined);
    return response.ok || response.status === 401 || response.status === 403;
  } catch {
    return false;
  }
}
