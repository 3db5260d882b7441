import { resolve } from 'node:path';
import { ConfigError } from '../../domain/errors.ts';
import { type ModelStage, modelStages } from '../../domain/model-version.ts';
import { promoteVersion } from '../../registry/promote-version.ts';
import { readGateReport } from '../../registry/read-gate-report.ts';
import { rollBack } from '../../registry/roll-back.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line, note } from '../io.ts';
import { authorOf, type RegistryFlags, withRegistry } from './with-registry.ts';

export interface PromoteFlags extends RegistryFlags {
  readonly to: string;
  readonly gate?: string;
  readonly reason?: string;
  readonly override?: string;
  readonly by?: string;
}

export interface RollbackFlags extends RegistryFlags {
  readonly reason: string;
  readonly from?: string;
  readonly by?: string;
}

/** Exit code 0 when promoted, 1 when the gate says no or was not asked, 3 when it could not decide. */
export async function promoteModel(
  io: CommandIo,
  model: string,
  version: string,
  flags: PromoteFlags,
): Promise<ExitCode> {
  const to = stageOf(flags.to);
  const override = flags.override !== undefined;
  if (override && flags.by === undefined) {
    throw new ConfigError('an override needs a name', [], { hint: 'say who decides: --by NAME' });
  }
  const report = flags.gate === undefined ? undefined : await readGateReport(resolve(io.cwd, flags.gate));
  const reason = flags.override ?? flags.reason ?? report?.reasons.join('; ') ?? '';
  if (reason.trim() === '') {
    throw new ConfigError('a promotion needs a reason', [], {
      hint: 'say why: --reason TEXT, or give the report of a gate: --gate REPORT',
    });
  }
  return withRegistry(io, flags, async (registry) => {
    const request = { version, to, reason, report, override };
    const promotion = await promoteVersion(registry, model, request, authorOf(flags.by));
    if (flags.json === true) line(io, JSON.stringify({ model, ...promotion }, null, 2));
    if (!promotion.promoted) {
      note(io, `not promoted: ${promotion.why}`);
      note(io, `  ${promotion.hint}`);
      return promotion.answer === 'inconclusive' ? exitCodes.inconclusive : exitCodes.negative;
    }
    const { replaced } = promotion;
    const after = replaced === null ? '' : `; version ${replaced} is archived`;
    if (flags.json !== true) line(io, `${model} version ${version} is in ${to} now${after}`);
    return exitCodes.ok;
  });
}

export function rollBackModel(io: CommandIo, model: string, flags: RollbackFlags): Promise<ExitCode> {
  return withRegistry(io, flags, async (registry) => {
    const { reason, from: expected } = flags;
    const { from, to } = await rollBack(registry, model, { reason, expected }, authorOf(flags.by));
    if (flags.json === true) line(io, JSON.stringify({ model, from, to }, null, 2));
    else
      line(io, `${model} version ${to.version} is in production again; version ${from.version} is archived`);
    return exitCodes.ok;
  });
}

function stageOf(text: string): Exclude<ModelStage, 'candidate'> {
  const stage = modelStages.find((known) => known === text);
  if (stage === undefined || stage === 'candidate') {
    throw new ConfigError(`--to cannot be "${text}"`, [], { hint: 'production, staging or archived' });
  }
  return stage;
}
