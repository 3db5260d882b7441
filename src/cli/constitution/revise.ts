import { resolve } from 'node:path';
import { endpointsById, hasModel, type PresentJudge, requireJudge } from '../../app/judge-members.ts';
import { ModelEndpoints } from '../../app/open-endpoints.ts';
import { openJudges } from '../../app/open-judges.ts';
import { openStore } from '../../app/open-store.ts';
import { systemClock } from '../../app/system-clock.ts';
import { loadJob } from '../../config/job/load-job.ts';
import { ConfigError } from '../../domain/errors.ts';
import type { SelfCritiqueSpec } from '../../domain/job.ts';
import { fixedAllocation } from '../../engine/allocation/fixed.ts';
import type { PanelMember } from '../../engine/calls/model-endpoint.ts';
import { planRun } from '../../engine/run/plan.ts';
import { run } from '../../engine/run/run.ts';
import { readItems } from '../../files/items.ts';
import { RevisionRater } from '../../raters/constitution/revision/revision-rater.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line, note } from '../io.ts';
import { showProgress } from '../show-progress.ts';
import type { RevisionFlags } from './flags.ts';
import { recordedRevisions } from './recorded-revisions.ts';
import { revisionLines } from './revision-lines.ts';
import { writeRevisions } from './write-revisions.ts';

/** `quorate constitution revise`: has responses criticised and rewritten, and keeps what the judges prefer. */
export async function reviseJob(io: CommandIo, file: string, flags: RevisionFlags): Promise<ExitCode> {
  const job = await loadJob(resolve(io.cwd, file), io.env);
  const critique = job.constitution?.selfCritique ?? null;
  const [constitution, ...more] = job.constitutions;
  if (critique === null || constitution === undefined || more.length > 0) {
    throw new ConfigError(`${file} does not say how responses are revised`, [], {
      hint: 'give it one constitution, and constitution.self_critique with a critic and rounds',
    });
  }
  const endpoints = new ModelEndpoints({ env: io.env, concurrency: job.concurrency, seed: job.seed });
  const { judges, absent } = await openJudges(job, endpoints, io.env);
  for (const absence of absent) note(io, `left out: ${absence}`);
  const rater = new RevisionRater({
    constitution,
    rounds: critique.rounds,
    seed: job.seed,
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
    const { concurrency, budget } = job;
    const plan = await planRun({ run: name, items: readItems(job.items), panel, concurrency, store: null });
    if (plan.tasks === 0) throw nobody(critique);
    const end = await run({
      run: name,
      items: () => readItems(job.items),
      total: { items: plan.items, tasks: plan.tasks },
      panel,
      allocation: fixedAllocation(),
      store,
      budget,
      concurrency,
      retryErrors: flags.retryErrors === true,
      clock: systemClock,
      progress: showProgress(io, systemClock.now),
      signal: io.signal,
    });
    const revisions = recordedRevisions({ run: name, items: readItems(job.items), rater, others, store });
    const written = await writeRevisions(job, critique.out, revisions);
    if (flags.json === true) line(io, JSON.stringify(written, null, 2));
    else for (const text of revisionLines(written, { cwd: io.cwd, calls: end.calls })) line(io, text);
    if (end.refused === null) return exitCodes.ok;
    note(io, `stopped: ${end.refused.message}`);
    return exitCodes.budget;
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
  throw new ConfigError('nobody is there to judge the revisions: the panel has only the critic', [], {
    hint: 'add a judge, or name the critic under constitution.self_critique.judges as well',
  });
}

function nobody({ critic }: SelfCritiqueSpec): ConfigError {
  return new ConfigError('there is no response that could be revised', [], {
    hint:
      critic === 'author'
        ? 'critic: author needs candidates whose "model" is the model of a judge; name a judge as critic instead'
        : 'items need a prompt and responses with texts, and principles that apply to them',
  });
}
