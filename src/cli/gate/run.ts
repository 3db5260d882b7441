import { resolve } from 'node:path';
import type { Gate } from '../../config/gate/load-gate.ts';
import { ConfigError } from '../../domain/errors.ts';
import type { GateResult, GateRubric } from '../../domain/gate.ts';
import { defaultGateSettings, type GateSettings } from '../../domain/gate-settings.ts';
import type { Job } from '../../domain/job.ts';
import { hashValue } from '../../files/content-hash.ts';
import { readVotes } from '../../files/votes.ts';
import { checkRubrics } from '../../gate/baseline/check-baseline.ts';
import { listed, type PairedResponses, pairResponses } from '../../gate/evaluation/pair-responses.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { CommandIo } from '../io.ts';
import { numberOption } from '../number-option.ts';
import type { GateFlags } from './gate-flags.ts';
import { holdGate } from './hold-gate.ts';
import { type OpenSide, openItems, openSide } from './open-sides.ts';
import { recordedSource } from './recorded-source.ts';
import type { VoteSource } from './vote-source.ts';
import { writeBaseline } from './write-baseline.ts';
import { writeReports } from './write-reports.ts';

/** `quorate gate`: is the candidate good enough to replace the baseline? */
export async function runGate(io: CommandIo, flags: GateFlags): Promise<ExitCode> {
  const { settings, job } = await loadedGate(io, flags);
  const items = await openItems(flags, io.cwd);
  const candidate = await openSide('--candidate', flags.candidate, items, io.cwd);
  if (flags.baseline === undefined) return recordOnly(io, flags, candidate, job);
  const baseline = await openSide('--baseline', flags.baseline, items, io.cwd);
  const paired = pairResponses(candidate, baseline, items);
  const source = await openSource(io, flags, job, candidate, baseline, paired);
  try {
    const { record } = baseline;
    if (record !== null && source.rubrics !== null) checkRubrics(record, source.rubrics, flags.baseline);
    const held = await holdGate(source, paired, settings, {
      sequential: flags.sequential === true,
      labels: (flags.labels ?? []).map((file) => readVotes(resolve(io.cwd, file))),
      writeVotes: flags.writeVotes === undefined ? null : resolve(io.cwd, flags.writeVotes),
      describe: async (hashes) => {
        const rubrics =
          source.rubrics ?? hashes.map((hash): GateRubric => ({ id: hash, version: null, hash }));
        const unchecked = record === null ? null : checkRubrics(record, rubrics, flags.baseline!);
        return {
          candidate: candidate.side,
          baseline: { ...baseline.side, source: flags.baseline! },
          onlyCandidate: paired.onlyCandidate,
          onlyBaseline: paired.onlyBaseline,
          rubrics,
          costUsd: await source.costUsd(),
          warnings: [...warningsOf(paired, settings), ...(unchecked === null ? [] : [unchecked])],
        };
      },
    });
    await writeReports(io, flags, held.result, paired.items);
    if (flags.writeBaseline !== undefined)
      await writeBaseline(io, flags.writeBaseline, candidate, held.result);
    return source.refused === null ? codeOf(held.result) : exitCodes.budget;
  } finally {
    await source.close();
  }
}

async function loadedGate(io: CommandIo, flags: GateFlags): Promise<Gate> {
  let gate: Gate = { settings: defaultGateSettings, job: null };
  if (flags.job !== undefined) {
    const { loadGate } = await import('../../config/gate/load-gate.ts');
    gate = await loadGate(resolve(io.cwd, flags.job), io.env);
  }
  if (flags.sequential === true) rejectNonSequentialTests(gate.settings, flags);
  if (flags.maxUsd === undefined || gate.job === null) return gate;
  const maxUsd = numberOption('--max-usd', flags.maxUsd, { min: 0 });
  return { ...gate, job: { ...gate.job, budget: { ...gate.job.budget, maxUsd } } };
}

/** Tests that hold only when looked at once are not looked at many times. */
function rejectNonSequentialTests({ criteria, judgeErrors }: GateSettings, { labels = [] }: GateFlags): void {
  const controlled = criteria?.find(
    ({ metric, required }) => required && metric === 'length_controlled_win_rate',
  );
  const reason =
    controlled !== undefined
      ? `the criterion "${controlled.id}" (win rate at equal length)`
      : labels.length > 0
        ? 'correcting by labels'
        : judgeErrors !== null
          ? 'correcting by judge_errors'
          : null;
  if (reason === null) return;
  throw new ConfigError(
    `--sequential does not go with ${reason}: it has no test that may be looked at again and again`,
    [],
    {
      hint: 'leave --sequential out, or gate on win_rate, score or rates alone',
    },
  );
}

async function openSource(
  io: CommandIo,
  flags: GateFlags,
  job: Job | null,
  candidate: OpenSide,
  baseline: OpenSide,
  { items }: PairedResponses,
): Promise<VoteSource> {
  const { votes = [] } = flags;
  if (votes.length > 0) return recordedSource(votes, new Set(items.map(({ id }) => id)), io.cwd);
  if (job === null) {
    throw new ConfigError('nobody judges: there are no votes and no panel', [], {
      hint: 'give recorded votes with --votes, or a panel with --job gate.yaml',
    });
  }
  // a gate on recorded votes needs neither engine nor providers
  const { panelSource } = await import('./panel-source.ts');
  const responses = hashValue([candidate.side.responses_hash, baseline.side.responses_hash]);
  return panelSource(io, job, responses, {
    allowCommands: flags.allowCommands === true,
    retryErrors: flags.retryErrors === true,
  });
}

function warningsOf(
  { onlyCandidate, onlyBaseline, unanswered }: PairedResponses,
  { judgeErrors }: GateSettings,
): string[] {
  return [
    onlyCandidate.length === 0 ? [] : [`only the candidate answers ${listed(onlyCandidate)}: left out`],
    onlyBaseline.length === 0 ? [] : [`only the baseline answers ${listed(onlyBaseline)}: left out`],
    unanswered.length === 0 ? [] : [`nobody answers ${listed(unanswered)} of the items file`],
    judgeErrors !== null && judgeErrors.positives + judgeErrors.negatives < 30
      ? ['judge_errors rests on fewer than 30 answers']
      : [],
  ].flat();
}

/** Without a baseline there is nothing to decide: the responses become the first baseline. */
async function recordOnly(
  io: CommandIo,
  flags: GateFlags,
  candidate: OpenSide,
  job: Job | null,
): Promise<ExitCode> {
  if (flags.writeBaseline === undefined) {
    throw new ConfigError('there is no baseline to hold the candidate against', [], {
      hint: 'give --baseline, or record the candidate as the first baseline with --write-baseline FILE',
    });
  }
  await writeBaseline(io, flags.writeBaseline, candidate, null, job);
  return exitCodes.ok;
}

function codeOf({ answer }: GateResult): ExitCode {
  switch (answer) {
    case 'pass':
      return exitCodes.ok;
    case 'fail':
      return exitCodes.negative;
    case 'inconclusive':
      return exitCodes.inconclusive;
  }
}
