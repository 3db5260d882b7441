import type { Gate } from '../../config/gate/load-gate.ts';
import { ConfigError } from '../../domain/errors.ts';
import type { GateResult, GateRubric } from '../../domain/gate.ts';
import type { GateSettings } from '../../domain/gate-settings.ts';
import { hashValue } from '../../files/content-hash.ts';
import { writeJsonLines } from '../../files/write-lines.ts';
import { checkRubrics } from '../../gate/baseline/check-baseline.ts';
import { evaluateGate } from '../../gate/evaluation/evaluate-gate.ts';
import { listed, type PairedResponses, pairResponses } from '../../gate/evaluation/pair-responses.ts';
import type { PairedItem } from '../../gate/evaluation/paired-item.ts';
import type { AppContext } from '../context.ts';
import type { GateParts } from '../parts.ts';
import { collectVotes } from './collect-votes.ts';
import { type OpenSide, openItems, openSide, type ResponseSource } from './open-sides.ts';
import { recordedSource, type VoteSource } from './vote-source.ts';

/** Everything a gate depends on. Paths are absolute. */
export interface GateRequest {
  /** How the gate decides, and its panel. */
  readonly gate: Gate;
  readonly candidate: ResponseSource;
  readonly baseline: ResponseSource;
  /** Items file with prompts, references, categories and clusters. */
  readonly items?: string | undefined;
  /** Recorded votes; with any, the panel is not asked. */
  readonly votes?: readonly string[] | undefined;
  /** Human labels on a part of the items, as votes. */
  readonly labels?: readonly string[] | undefined;
  /** Ask batch by batch and stop once the answer is settled. */
  readonly sequential?: boolean | undefined;
  /** Ask again what ended in an error vote. */
  readonly retryErrors?: boolean | undefined;
  /** Rules of the panel may run programs. */
  readonly allowCommands?: boolean | undefined;
  /** Code of the caller for the panel. */
  readonly parts?: GateParts | undefined;
  /** Where the votes are written as JSONL. */
  readonly votesOut?: string | undefined;
}

/**
 * What a gate decided, and on which items.
 * @example
 * const passed = ({ result }: GateOutcome) => result.answer === 'pass';
 */
export interface GateOutcome {
  readonly result: GateResult;
  /** The items that both models answered, for reports. */
  readonly items: readonly PairedItem[];
  readonly candidate: OpenSide;
  /** Why calls were refused: the budget is spent. */
  readonly refused: Error | null;
}

/**
 * Compares the responses of a candidate model with those of a baseline and decides: pass, fail or inconclusive.
 * @throws ConfigError, InputError, StoreError, ProviderError, or the reason of the context's signal.
 */
export async function runGate(request: GateRequest, context: AppContext): Promise<GateOutcome> {
  const { settings } = request.gate;
  const sequential = request.sequential === true;
  if (sequential) rejectNonSequentialTests(settings, request.labels ?? []);
  const known = request.items === undefined ? null : await openItems(request.items);
  const candidate = await openSide('candidate', request.candidate, known);
  const baseline = await openSide('baseline', request.baseline, known);
  const paired = pairResponses(candidate, baseline, known);
  const source = await openSource(request, [candidate, baseline], paired.items, context);
  const baselineName = request.baseline.name;
  try {
    const { record } = baseline;
    if (record !== null && source.rubrics !== null) checkRubrics(record, source.rubrics, baselineName);
    const collected = await collectVotes(source, paired.items, settings, {
      sequential,
      labels: request.labels ?? [],
      keepVotes: request.votesOut !== undefined,
    });
    if (request.votesOut !== undefined) await writeJsonLines(request.votesOut, collected.votes);
    const hashes = [...collected.input.table.rubricHashes].sort();
    const rubrics = source.rubrics ?? hashes.map((hash): GateRubric => ({ id: hash, version: null, hash }));
    const unchecked = record === null ? null : checkRubrics(record, rubrics, baselineName);
    const result = evaluateGate(collected.input, {
      candidate: candidate.side,
      baseline: { ...baseline.side, source: baselineName },
      onlyCandidate: paired.onlyCandidate,
      onlyBaseline: paired.onlyBaseline,
      notJudged: paired.items.length - collected.input.items.length,
      refused: source.refused,
      sequential: collected.sequential,
      rubrics,
      costUsd: await source.costUsd(),
      warnings: [...warningsOf(paired, settings), ...(unchecked === null ? [] : [unchecked])],
    });
    return { result, items: paired.items, candidate, refused: source.refused };
  } finally {
    await source.close();
  }
}

/** A test that is valid for one analysis only may not be repeated after every batch. */
function rejectNonSequentialTests({ criteria, judgeErrors }: GateSettings, labels: readonly string[]): void {
  const controlled = criteria?.find(
    ({ metric, required }) => required && metric === 'length_controlled_win_rate',
  );
  const reason =
    controlled !== undefined
      ? `the criterion "${controlled.id}" (length-controlled win rate)`
      : labels.length > 0
        ? 'correction by labels'
        : judgeErrors !== null
          ? 'correction by judge_errors'
          : null;
  if (reason === null) return;
  throw new ConfigError(`--sequential cannot be combined with ${reason}: it has no anytime-valid test`, [], {
    hint: 'leave --sequential out, or gate on win_rate, score or rates alone',
  });
}

async function openSource(
  { gate, votes = [], allowCommands, retryErrors, parts }: GateRequest,
  sides: readonly OpenSide[],
  items: readonly PairedItem[],
  context: AppContext,
): Promise<VoteSource> {
  if (votes.length > 0) return recordedSource(votes, new Set(items.map(({ id }) => id)));
  if (gate.job === null) {
    throw new ConfigError('no votes and no panel given', [], {
      hint: 'give recorded votes with --votes, or a panel with --gate gate.yaml',
    });
  }
  // a gate on recorded votes needs neither engine nor providers
  const { panelSource } = await import('./panel-source.ts');
  const responses = hashValue(sides.map(({ side }) => side.responses_hash));
  return panelSource(gate.job, responses, context, {
    allowCommands: allowCommands === true,
    retryErrors: retryErrors === true,
    parts: parts ?? {},
  });
}

function warningsOf(
  { onlyCandidate, onlyBaseline, unanswered }: PairedResponses,
  { judgeErrors }: GateSettings,
): string[] {
  return [
    onlyCandidate.length === 0 ? [] : [`only the candidate answers ${listed(onlyCandidate)}: left out`],
    onlyBaseline.length === 0 ? [] : [`only the baseline answers ${listed(onlyBaseline)}: left out`],
    unanswered.length === 0 ? [] : [`neither model answers ${listed(unanswered)} of the items file`],
    judgeErrors !== null && judgeErrors.positives + judgeErrors.negatives < 30
      ? ['judge_errors rests on fewer than 30 answers']
      : [],
  ].flat();
}
