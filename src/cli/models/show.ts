import { knownVersion, unknownModel } from '../../registry/change-model.ts';
import { diffVersions } from '../../registry/diff-versions.ts';
import { modelState } from '../../registry/model-state.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line } from '../io.ts';
import { differenceTable, storyOf, versionLines, versionTable } from './text.ts';
import { type RegistryFlags, withRegistry } from './with-registry.ts';

export function listModels(io: CommandIo, flags: RegistryFlags): Promise<ExitCode> {
  return withRegistry(io, flags, async (registry) => {
    const states = [];
    for (const model of await registry.models())
      states.push(modelState(model, await registry.history(model)));
    if (flags.json === true) {
      const models = states.map(({ model, versions, production }) => ({
        model,
        production: production?.version ?? null,
        versions,
      }));
      line(io, JSON.stringify({ models }, null, 2));
    } else line(io, versionTable(states));
    return exitCodes.ok;
  });
}

export function showModel(
  io: CommandIo,
  model: string,
  wanted: string | undefined,
  flags: RegistryFlags,
): Promise<ExitCode> {
  return withRegistry(io, flags, async (registry) => {
    const history = await registry.history(model);
    const state = modelState(model, history);
    if (history.length === 0) throw unknownModel(model);
    const version = wanted === undefined ? null : knownVersion(state, wanted);
    const shown = history.filter((entry) => version === null || entry.version === version.version);
    if (flags.json === true) {
      const { production, previous, versions } = state;
      const serving = { production: production?.version ?? null, previous: previous?.version ?? null };
      const body = version === null ? { ...serving, versions } : version;
      line(io, JSON.stringify({ model, ...body, history: shown }, null, 2));
      return exitCodes.ok;
    }
    line(io, version === null ? versionTable([state]) : versionLines(model, version));
    line(io);
    for (const entry of shown) line(io, `${entry.at}  ${entry.by}: ${storyOf(entry)}`);
    return exitCodes.ok;
  });
}

export function diffModels(
  io: CommandIo,
  model: string,
  [before, after]: readonly [string, string],
  flags: RegistryFlags,
): Promise<ExitCode> {
  return withRegistry(io, flags, async (registry) => {
    const state = modelState(model, await registry.history(model));
    const changes = diffVersions(knownVersion(state, before), knownVersion(state, after));
    const gates = knownVersion(state, after).gates.filter(({ baseline }) => baseline === before);
    if (flags.json === true) line(io, JSON.stringify({ model, before, after, changes, gates }, null, 2));
    else {
      line(io, differenceTable(changes, before, after));
      for (const gate of gates) line(io, `gate ${gate.answer}: ${gate.reasons.join('; ')} (${gate.report})`);
    }
    return exitCodes.ok;
  });
}
