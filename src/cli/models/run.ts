import { resolve } from 'node:path';
import { promoteModel, registerModel, rollBackModel } from '../../app/registry/change-models.ts';
import { diffModels, listModels, showModel } from '../../app/registry/read-models.ts';
import { ConfigError } from '../../domain/errors.ts';
import { type ModelStage, modelStages } from '../../domain/model-version.ts';
import { contextOf } from '../app-context.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line, note } from '../io.ts';
import { type ActorFlags, type RegistryFlags, registryAccess, registryFile } from './options.ts';
import { differenceTable, storyOf, versionLines, versionTable } from './text.ts';

export interface RegisterFlags extends ActorFlags {
  readonly artefact: string;
  readonly servedAs?: string;
  readonly baseModel?: string;
  readonly manifest?: string;
  readonly trainingConfig?: string;
  readonly job?: string;
  readonly metrics?: string;
  readonly description?: string;
  readonly tag?: readonly string[];
  readonly key?: string;
}

export interface PromoteFlags extends ActorFlags {
  readonly to: string;
  readonly gateReport?: string;
  readonly reason?: string;
  readonly override?: string;
}

export interface RollbackFlags extends ActorFlags {
  readonly reason: string;
  readonly from?: string;
}

export async function runList(io: CommandIo, flags: RegistryFlags): Promise<ExitCode> {
  const states = await listModels(registryFile(io, flags));
  const models = states.map(({ model, versions, production }) => ({
    model,
    production: production?.version ?? null,
    versions,
  }));
  line(io, flags.json === true ? JSON.stringify({ models }, null, 2) : versionTable(states));
  return exitCodes.ok;
}

export async function runShow(
  io: CommandIo,
  model: string,
  wanted: string | undefined,
  flags: RegistryFlags,
): Promise<ExitCode> {
  const { state, version, history } = await showModel(registryFile(io, flags), model, wanted);
  if (flags.json === true) {
    const { production, previous, versions } = state;
    const serving = { production: production?.version ?? null, previous: previous?.version ?? null };
    const body = version === null ? { ...serving, versions } : version;
    line(io, JSON.stringify({ model, ...body, history }, null, 2));
    return exitCodes.ok;
  }
  line(io, version === null ? versionTable([state]) : versionLines(model, version));
  line(io);
  for (const entry of history) line(io, `${entry.at}  ${entry.by}: ${storyOf(entry)}`);
  return exitCodes.ok;
}

export async function runDiff(
  io: CommandIo,
  model: string,
  versions: readonly [string, string],
  flags: RegistryFlags,
): Promise<ExitCode> {
  const [before, after] = versions;
  const difference = await diffModels(registryFile(io, flags), model, versions);
  if (flags.json === true) {
    line(io, JSON.stringify({ model, before, after, ...difference }, null, 2));
    return exitCodes.ok;
  }
  line(io, differenceTable(difference.changes, before, after));
  for (const gate of difference.gates)
    line(io, `gate ${gate.answer}: ${gate.reasons.join('; ')} (${gate.report})`);
  return exitCodes.ok;
}

export async function runRegister(io: CommandIo, model: string, flags: RegisterFlags): Promise<ExitCode> {
  const at = (path: string) => resolve(io.cwd, path);
  const optional = (path: string | undefined) => (path === undefined ? undefined : at(path));
  const { artefact, servedAs, description, key, tag } = flags;
  const version = await registerModel(
    registryAccess(io, flags),
    model,
    {
      artefact: /^\w[\w+.-]*:\/\//.test(artefact) ? artefact : at(artefact),
      ...(servedAs !== undefined && { served_as: servedAs }),
      ...(description !== undefined && { description }),
      ...(key !== undefined && { key }),
      baseModel: flags.baseModel,
      manifest: optional(flags.manifest),
      trainingConfig: optional(flags.trainingConfig),
      job: flags.job,
      metrics: optional(flags.metrics),
      tags: tag === undefined ? undefined : tagsOf(tag),
    },
    contextOf(io),
  );
  if (flags.json === true) line(io, JSON.stringify({ model, ...version }, null, 2));
  else line(io, `${model} version ${version.version} (${version.stage}), served as ${version.served_as}`);
  return exitCodes.ok;
}

/** Exit code 0 when promoted, 1 when the gate failed or is missing, 3 when it was inconclusive. */
export async function runPromote(
  io: CommandIo,
  model: string,
  version: string,
  flags: PromoteFlags,
): Promise<ExitCode> {
  const to = stageOf(flags.to);
  const override = flags.override !== undefined;
  if (override && flags.by === undefined)
    throw new ConfigError('an override needs a name', [], { hint: 'give it with --by NAME' });
  const promotion = await promoteModel(
    registryAccess(io, flags),
    model,
    {
      version,
      to,
      gateReport: flags.gateReport === undefined ? undefined : resolve(io.cwd, flags.gateReport),
      reason: flags.override ?? flags.reason,
      override,
    },
    contextOf(io),
  );
  if (flags.json === true) line(io, JSON.stringify({ model, ...promotion }, null, 2));
  if (!promotion.promoted) {
    note(io, `not promoted: ${promotion.why}`);
    note(io, `  ${promotion.hint}`);
    return promotion.answer === 'inconclusive' ? exitCodes.inconclusive : exitCodes.negative;
  }
  const { replaced } = promotion;
  const after = replaced === null ? '' : `; version ${replaced} is archived`;
  if (flags.json !== true) line(io, `${model} version ${version} is now in ${to}${after}`);
  return exitCodes.ok;
}

export async function runRollback(io: CommandIo, model: string, flags: RollbackFlags): Promise<ExitCode> {
  const request = { reason: flags.reason, expected: flags.from };
  const { from, to } = await rollBackModel(registryAccess(io, flags), model, request, contextOf(io));
  if (flags.json === true) line(io, JSON.stringify({ model, from, to }, null, 2));
  else line(io, `${model} version ${to.version} is in production again; version ${from.version} is archived`);
  return exitCodes.ok;
}

function stageOf(text: string): Exclude<ModelStage, 'candidate'> {
  const stage = modelStages.find((known) => known === text);
  if (stage === undefined || stage === 'candidate') {
    throw new ConfigError(`--to cannot be "${text}"`, [], { hint: 'production, staging or archived' });
  }
  return stage;
}

function tagsOf(tags: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    tags.map((tag) => {
      const [key = '', ...value] = tag.split('=');
      if (key === '' || value.length === 0)
        throw new ConfigError(`--tag must be key=value, received "${tag}"`);
      return [key, value.join('=')];
    }),
  );
}
