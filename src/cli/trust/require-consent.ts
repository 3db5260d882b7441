import { type ChosenJudge, chooseJudge } from '../../app/choose-judge.ts';
import type { DefinedJob } from '../../app/define-job.ts';
import { loadJobWith } from '../../app/load-plugin.ts';
import type { ProjectAccess } from '../../app/trust/access.ts';
import { accessOfJob } from '../../app/trust/access-of-job.ts';
import { accessOfLoop } from '../../app/trust/access-of-loop.ts';
import { requireTrust } from '../../app/trust/require-trust.ts';
import { loadLoop } from '../../config/loop/load-loop.ts';
import type { Job } from '../../domain/job.ts';
import { withProviders } from '../../providers/index.ts';
import type { CommandIo } from '../io.ts';
import type { JudgeFlags } from '../options.ts';

export interface ConsentFlags {
  readonly trust?: boolean;
  readonly allowCommands?: boolean;
}

/** What a job asks for, with the plugins of the command line. @param own paths of flags */
export async function accessOfLoadedJob(
  io: CommandIo,
  job: Job | DefinedJob,
  {
    plugins = [],
    own = [],
  }: { readonly plugins?: readonly string[] | undefined; readonly own?: readonly string[] } = {},
): Promise<ProjectAccess> {
  const providers = withProviders('parts' in job ? (job.parts.providers ?? []) : []);
  const { access, ...project } = await accessOfJob(job, { env: io.env, providers, own });
  const named = plugins.map((what) => ({
    kind: 'command' as const,
    what,
    by: '--plugin',
    needsTrust: false,
  }));
  return { ...project, access: [...access, ...named] };
}

/** @returns whether commands of the project may run. @throws ConfigError without consent to what needs it */
export function requireConsent(io: CommandIo, project: ProjectAccess, flags: ConsentFlags): Promise<boolean> {
  return requireTrust(
    project,
    { env: io.env, trust: flags.trust, allowCommands: flags.allowCommands },
    io.cwd,
  );
}

/** The same for a job of the command line. */
export async function requireConsentToJob(
  io: CommandIo,
  job: Job | DefinedJob,
  flags: ConsentFlags,
  own: readonly string[] = [],
): Promise<boolean> {
  return requireConsent(io, await accessOfLoadedJob(io, job, { own }), flags);
}

/** The judge of the flags. Where a job file names it, that file needs consent first; flags are the user's own words. */
export async function trustedJudge(io: CommandIo, flags: JudgeFlags): Promise<ChosenJudge> {
  if (flags.provider === undefined && flags.job !== undefined) {
    const job = await loadJobWith(flags.job, flags.plugin, io);
    const { access, ...project } = await accessOfLoadedJob(io, job);
    // only its models are used
    const asked = access.filter(({ kind }) => kind !== 'command' && kind !== 'write');
    await requireConsent(io, { ...project, access: asked }, flags);
  }
  return chooseJudge(flags, io);
}

/** A loop file whose commands, alerts and stores the user agrees to. */
export async function requireConsentToLoop(io: CommandIo, file: string, flags: ConsentFlags): Promise<void> {
  await requireConsent(io, await accessOfLoop(await loadLoop(file)), flags);
}
