import { resolve } from 'node:path';
import type { KnownParts } from '../config/job/job-schema.ts';
import { loadJob } from '../config/job/load-job.ts';
import { ConfigError } from '../domain/errors.ts';
import { familyOf } from '../domain/family.ts';
import type { JudgeSpec } from '../domain/job.ts';
import type { Providers } from '../ports/provider.ts';
import { providers as shipped } from '../providers/index.ts';
import { preferenceRubric } from '../raters/constitution/principle-rubric.ts';
import type { Environment } from './context.ts';
import { knownParts, loadPlugins } from './load-plugin.ts';

/** Names one judge: a judge of a job, or a model without a job. Paths are relative to `cwd`. */
export interface JudgeChoice {
  readonly job?: string;
  readonly judge?: string;
  readonly provider?: string;
  readonly model?: string;
  readonly baseUrl?: string;
  readonly keyEnv?: string;
  /** Paths of ES modules with providers, which the person at the command line named. */
  readonly plugin?: readonly string[];
}

/** A judge, and the providers among which its own is found. */
export interface ChosenJudge {
  readonly spec: JudgeSpec;
  readonly providers: Providers;
}

interface ChoiceContext {
  readonly cwd: string;
  readonly env: Environment;
}

/** The judge that a caller names. @throws ConfigError where there is no such judge, provider, model or plugin. */
export async function chooseJudge(flags: JudgeChoice, { cwd, env }: ChoiceContext): Promise<ChosenJudge> {
  const known = flags.plugin === undefined ? {} : knownParts(await loadPlugins(flags.plugin, cwd));
  const { providers = shipped } = known;
  const spec =
    flags.provider === undefined
      ? await judgeOfJob(flags, { cwd, env }, known)
      : judgeOfFlags({ ...flags, provider: flags.provider }, cwd, providers);
  return { spec, providers };
}

function judgeOfFlags(
  flags: JudgeChoice & { readonly provider: string },
  cwd: string,
  providers: Providers,
): JudgeSpec {
  const provider = providers.get(flags.provider);
  if (provider === undefined) {
    throw new ConfigError(
      `--provider must be one of ${[...providers.keys()].join(', ')}, received "${flags.provider}"`,
    );
  }
  if (flags.model === undefined && provider.needsModel) {
    throw new ConfigError(`--provider ${provider.name} needs --model`);
  }
  const named = flags.model ?? provider.name;
  const model = provider.modelIsFile ? resolve(cwd, named) : named;
  const idea = { id: '', critique: '', revision: '', preference: '', weight: 1, veto: false };
  return {
    id: named.split('/').at(-1)!,
    provider: provider.name,
    model,
    family: familyOf(named),
    ...(flags.baseUrl === undefined ? {} : { baseUrl: flags.baseUrl }),
    ...(flags.keyEnv === undefined ? {} : { keyEnv: flags.keyEnv }),
    timeoutMs: 120_000,
    limits: {},
    price: null,
    structured: 'auto',
    // Each principle brings its own rubric; this one is never asked.
    rubric: preferenceRubric(idea, null),
    rubricHash: '',
    orders: 'both',
    samples: 1,
    budgetUsd: null,
    optional: false,
  };
}

async function judgeOfJob(
  { job: file, judge: id }: JudgeChoice,
  { cwd, env }: ChoiceContext,
  known: KnownParts,
): Promise<JudgeSpec> {
  if (file === undefined) {
    throw new ConfigError('no judge is named', [], {
      hint: 'give --job job.yaml, or --provider and --model',
    });
  }
  const { panel } = await loadJob(resolve(cwd, file), env, known);
  const found = id === undefined ? panel[0] : panel.find((judge) => judge.id === id);
  if (found !== undefined) return found;
  throw new ConfigError(`${file} has no judge "${id ?? ''}"`, [], {
    hint: `its judges: ${panel.map((judge) => judge.id).join(', ') || 'none'}`,
  });
}
