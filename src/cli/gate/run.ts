import { resolve } from 'node:path';
import { type GateOutcome, runGate } from '../../app/gate/run-gate.ts';
import { writeBaseline, writeFirstBaseline } from '../../app/gate/write-baseline.ts';
import type { GateWithParts } from '../../app/load-plugin.ts';
import { ConfigError } from '../../domain/errors.ts';
import { defaultGateSettings } from '../../domain/gate-settings.ts';
import { writeText } from '../../files/write-lines.ts';
import { gateAnnotations } from '../../reports/gate/gate-annotations.ts';
import { gateJunit } from '../../reports/gate/gate-junit.ts';
import { gateMarkdown } from '../../reports/gate/gate-markdown.ts';
import { contextOf } from '../app-context.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line, note } from '../io.ts';
import { numberOption } from '../number-option.ts';
import { requireConsentToJob } from '../trust/require-consent.ts';
import { gateText } from './text.ts';

export interface GateFlags {
  readonly candidate: string;
  readonly baseline?: string;
  readonly items?: string;
  readonly gate?: string;
  readonly plugin?: readonly string[];
  readonly votes?: readonly string[];
  readonly labels?: readonly string[];
  readonly sequential?: boolean;
  readonly maxUsd?: string;
  readonly retryErrors?: boolean;
  readonly allowCommands?: boolean;
  readonly trust?: boolean;
  readonly votesOut?: string;
  readonly baselineOut?: string;
  readonly report?: string;
  readonly json?: boolean;
  readonly junit?: string;
  readonly markdown?: string;
  readonly html?: string;
  readonly annotations?: boolean;
}

/** `quorate gate`: is the candidate good enough to replace the baseline? */
export async function runGateCommand(io: CommandIo, flags: GateFlags): Promise<ExitCode> {
  const at = (path: string) => resolve(io.cwd, path);
  const from = (name: string) => ({ name, file: at(name) });
  const { gate, parts } = await gateOf(io, flags);
  const candidate = from(flags.candidate);
  const items = flags.items === undefined ? undefined : at(flags.items);
  const baselineOut = flags.baselineOut === undefined ? null : from(flags.baselineOut);
  if (flags.baseline === undefined) {
    if (baselineOut === null) throw noBaseline();
    await writeFirstBaseline(baselineOut, { candidate, items, job: gate.job });
    noteBaseline(io, baselineOut.name, true);
    return exitCodes.ok;
  }
  const { sequential, retryErrors } = flags;
  const asks = gate.job !== null && flags.votes === undefined;
  const allowCommands = asks
    ? await requireConsentToJob(io, { ...gate.job, parts }, flags)
    : flags.allowCommands;
  const outcome = await runGate(
    {
      gate,
      candidate,
      baseline: from(flags.baseline),
      items,
      votes: flags.votes?.map(at),
      labels: flags.labels?.map(at),
      sequential,
      retryErrors,
      allowCommands,
      parts,
      votesOut: flags.votesOut === undefined ? undefined : at(flags.votesOut),
    },
    contextOf(io),
  );
  await writeReports(io, flags, outcome);
  if (baselineOut !== null) {
    const written = await writeBaseline(baselineOut, outcome.candidate, outcome.result);
    noteBaseline(io, baselineOut.name, written);
  }
  return codeOf(outcome);
}

async function gateOf(
  io: CommandIo,
  { gate: file, maxUsd: text, plugin }: GateFlags,
): Promise<GateWithParts> {
  if (file === undefined) return { gate: { settings: defaultGateSettings, job: null }, parts: {} };
  const { loadGateWith } = await import('../../app/load-plugin.ts');
  const { gate, parts } = await loadGateWith(file, plugin, io);
  if (text === undefined || gate.job === null) return { gate, parts };
  const maxUsd = numberOption('--max-usd', text, { min: 0 });
  return { gate: { ...gate, job: { ...gate.job, budget: { ...gate.job.budget, maxUsd } } }, parts };
}

function noBaseline(): ConfigError {
  return new ConfigError('there is no baseline to compare the candidate with', [], {
    hint: 'give --baseline, or record the candidate as the first baseline with --baseline-out FILE',
  });
}

function noteBaseline(io: CommandIo, name: string, written: boolean): void {
  note(
    io,
    written
      ? `${name}: written; commit it beside the responses`
      : `${name}: not written, since the candidate did not pass`,
  );
}

/** The result in every requested form. The summary for readers goes where the data does not. */
async function writeReports(io: CommandIo, flags: GateFlags, { result, items }: GateOutcome): Promise<void> {
  const json = JSON.stringify(result, null, 2);
  const files: [string | undefined, () => string | Promise<string>][] = [
    [flags.report, () => `${json}\n`],
    [flags.junit, () => gateJunit(result)],
    [flags.markdown, () => gateMarkdown(result, items)],
    [
      flags.html,
      async () => {
        const { gatePage } = await import('../../reports/gate-page.ts');
        return gatePage(result, items);
      },
    ],
  ];
  for (const [name, make] of files) {
    if (name === undefined) continue;
    await writeText(resolve(io.cwd, name), [await make()]);
    note(io, `wrote ${name}`);
  }
  if (flags.json === true) {
    line(io, json);
    note(io, gateText(result));
  } else {
    if (flags.annotations === true) io.out(gateAnnotations(result));
    line(io, gateText(result));
  }
}

function codeOf({ result: { answer }, refused }: GateOutcome): ExitCode {
  if (refused !== null) return exitCodes.budget;
  switch (answer) {
    case 'pass':
      return exitCodes.ok;
    case 'fail':
      return exitCodes.negative;
    case 'inconclusive':
      return exitCodes.inconclusive;
  }
}
