import type { RecordFiles } from '../../app/analysis/record-files.ts';
import {
  frontierOfFiles,
  type SimulationSettings,
  simulateFiles,
} from '../../app/analysis/simulate-files.ts';
import { writeJsonLines, writeText } from '../../files/write-lines.ts';
import { frontierSvg } from '../../reports/figures/frontier-figure.ts';
import { contextOf } from '../app-context.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line, note } from '../io.ts';
import { pathsOf } from '../options.ts';
import { readSimulationFlags, type SimulateFlags } from './flags.ts';
import { frontierLines, isPriced, plottedPlans, summaryLine } from './text.ts';

export async function runSimulate(io: CommandIo, flags: SimulateFlags): Promise<ExitCode> {
  const settings = readSimulationFlags(flags);
  const path = pathsOf(io);
  const files = {
    votes: flags.votes.map(path),
    items: flags.items?.map(path),
    labels: flags.labels?.map(path),
  };
  const summary =
    flags.frontier === true
      ? await runFrontier(io, files, settings, flags)
      : await runPlan(io, files, settings, flags);
  if (flags.json === true && flags.out !== '-') line(io, JSON.stringify(summary, null, 2));
  return exitCodes.ok;
}

async function runPlan(
  io: CommandIo,
  files: RecordFiles,
  settings: SimulationSettings,
  { out }: SimulateFlags,
): Promise<object> {
  const { summary, items } = await simulateFiles(files, settings, contextOf(io));
  if (out !== undefined) await writeJsonLines(pathsOf(io)(out), items);
  note(io, summaryLine(summary));
  return summary;
}

async function runFrontier(
  io: CommandIo,
  files: RecordFiles,
  settings: SimulationSettings,
  { out, svg }: SimulateFlags,
): Promise<object> {
  const path = pathsOf(io);
  const found = await frontierOfFiles(files, settings, contextOf(io));
  if (out !== undefined) await writeJsonLines(path(out), found.points);
  if (svg !== undefined) {
    await writeText(path(svg), [frontierSvg(plottedPlans(found), isPriced(found) ? 'US dollars' : 'calls')]);
  }
  for (const text of frontierLines(found)) note(io, text);
  return found;
}
