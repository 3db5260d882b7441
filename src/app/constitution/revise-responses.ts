import { basename } from 'node:path';
import { ConfigError } from '../../domain/errors.ts';
import type { Job, SelfCritiqueSpec } from '../../domain/job.ts';
import { fixedAllocation } from '../../engine/allocation/fixed.ts';
import type { PanelMember } from '../../engine/calls/model-endpoint.ts';
import { planRun } from '../../engine/run/plan.ts';
import { run } from '../../engine/run/run.ts';
import { readItems } from '../../files/items.ts';
import { withProviders } from '../../providers/index.ts';
import { RevisionRater } from '../../raters/constitution/revision/revision-rater.ts';
import { type AppContext, progressEvents } from '../context.ts';
import { endpointsById, hasModel, type PresentJudge, requireJudge } from '../judge-members.ts';
import { ModelEndpoints } from '../open-endpoints.ts';
import { openJudges } from '../open-judges.ts';
import { openStore } from '../open-store.ts';
import type { Parts } from '../parts.ts';
import { recordedRevisions } from './recorded-revisions.ts';
import { type WrittenRevisions, writeRevisions } from './write-revisions.ts';

export interface RevisionOutcome {
  readonly written: WrittenRevisions;
  /** Calls made now; recorded replies are not asked for again. */
  readonly calls: number;
  /** Set when the budget ended the run. */
  readonly refused: Error | null;
}

/**
 * Self-critique and revision of a job: responses are criticised and rewritten, and the judges decide which revisions
 * are kept. Resumes automatically. @throws ConfigError, ProviderError, StoreError
 */
export async function reviseResponses(
  job: Job,
  { retryErrors, parts = {} }: { readonly retryErrors: boolean; readonly parts?: Pick<Parts, 'providers'> },
  context: AppContext,
): Promise<RevisionOutcome> {
  const critique = job.constitution?.selfCritique ?? null;
  const [constitution, ...more] = job.constitutions;
  if (critique === null || constitution === undefined || more.length > 0) {
    throw new ConfigError(`${basename(job.file)} does not say how responses are revised`, [], {
      hint: 'give it one constitution, and constitution.self_critique with a critic and rounds',
    });
  }
  const providers = withProviders(parts.providers ?? []);
  const { concurrency, seed } = job;
  const endpoints = new ModelEndpoints({ env: context.env, concurrency, seed, providers });
  const { judges, absent } = await openJudges(job, endpoints, context.env, providers);
  for (const absence of absent) context.onEvent({ type: 'notice', text: `skipped: ${absence}` });
  const rater = new RevisionRater({
    constitution,
    rounds: critique.rounds,
    seed,
    criticOf: criticOf(critique, judges),
    judges: judgesOf(critique, judges).map(({ spec, endpoint }) => ({
      spec,
      capabilities: endpoint.model.capabilities,
    })),
  });
  const others = endpointsById(judges);
  const member: PanelMember = { rater, endpoint: judges[0]!.endpoint, others, raterBudget: null };
  const name = `${job.name}/revise`;
  const store = await openStore(job.store);
  try {
    const panel = [member];
    const { budget } = job;
    const plan = await planRun({ run: name, items: readItems(job.items), panel, concurrency, store: null });
    if (plan.tasks === 0) throw nothingToRevise(critique);
    const end = await run({
      run: name,
      items: () => readItems(job.items),
      total: { items: plan.items, tasks: plan.tasks },
      panel,
      allocation: fixedAllocation(),
      store,
      budget,
      concurrency,
      retryErrors,
      clock: context.clock,
      progress: progressEvents(context),
      signal: context.signal,
    });
    const revisions = recordedRevisions({ run: name, items: readItems(job.items), rater, others, store });
    const written = await writeRevisions(job, critique.out, revisions);
    return { written, calls: end.calls, refused: end.refused };
  } finally {
    await store.close();
    await endpoints.close();
  }
}

/** The judge named, or for `author` the judge whose model wrote the response. */
function criticOf({ critic }: SelfCritiqueSpec, judges: readonly PresentJudge[]) {
  if (critic !== 'author') {
    const { spec } = requireJudge(judges, critic, 'constitution.self_critique.critic');
    return () => spec;
  }
  return ({ model }: { readonly model?: string | null }) =>
    judges.find(({ spec }) => model != null && spec.model === model)?.spec ?? null;
}

/** The judges named, or all but a critic that is named. */
function judgesOf({ critic, judges: named }: SelfCritiqueSpec, judges: readonly PresentJudge[]) {
  if (named !== null) {
    return named.map((id) => requireJudge(judges, id, 'constitution.self_critique.judges'));
  }
  const others = judges.filter((judge) => judge.spec.id !== critic && hasModel(judge));
  if (others.length > 0) return others;
  throw new ConfigError('no judge is available for the revisions: the panel has only the critic', [], {
    hint: 'add a judge, or name the critic under constitution.self_critique.judges as well',
  });
}

function nothingToRevise({ critic }: SelfCritiqueSpec): ConfigError {
  return new ConfigError('there is no response that could be revised', [], {
    hint:
      critic === 'author'
        ? 'critic: author needs candidates whose "model" is the model of a judge; name a judge as critic instead'
        : 'items need a prompt and responses with texts, and principles that apply to them',
  });
}
