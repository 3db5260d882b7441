import { resolve } from 'node:path';
import type { AnchorReport } from '../../../analysis/agreement/anchor-agreement.ts';
import { type AnchorRequest, mergeEvents } from '../../../app/feedback/merge-events.ts';
import { ConfigError } from '../../../domain/errors.ts';
import { groupings } from '../../../feedback/merge/identify.ts';
import { writeJsonLines } from '../../../files/write-lines.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { type CommandIo, line, note } from '../../io.ts';
import { numberOption } from '../../number-option.ts';
import { eventWindow, type WindowFlags } from '../event-window.ts';
import { agreementTable, coverageLines, mergeLines, reviewEntry } from './text.ts';

export interface MergeFlags extends WindowFlags {
  readonly out: string;
  readonly items: string;
  readonly store: string;
  readonly known?: readonly string[];
  readonly groupBy: string;
  readonly ai?: readonly string[];
  readonly anchors?: string;
  readonly review?: string;
  readonly sample?: string;
  readonly minWeight: string;
  readonly minGroupSize: string;
  readonly seed: string;
  readonly json?: boolean;
}

export async function runMerge(io: CommandIo, flags: MergeFlags): Promise<ExitCode> {
  const at = (file: string) => (file === '-' ? file : resolve(io.cwd, file));
  const { counts, coverage, anchors } = await mergeEvents({
    ...optionsOf(flags, at),
    store: resolve(io.cwd, flags.store),
    votesOut: at(flags.out),
    itemsOut: at(flags.items),
    known: (flags.known ?? []).map(at),
  });
  if (anchors !== null) {
    if (flags.anchors !== undefined) await writeJsonLines(at(flags.anchors), anchors.anchors);
    if (flags.review !== undefined)
      await writeJsonLines(at(flags.review), anchors.disagreements.map(reviewEntry));
  }
  if (flags.json === true) {
    const report = { ...counts, coverage, ...(anchors !== null && { anchors: summary(anchors) }) };
    line(io, JSON.stringify(report, null, 2));
  } else if (anchors !== null) printAgreement(io, anchors);
  for (const text of [...mergeLines(counts), ...coverageLines(coverage)]) note(io, text);
  return exitCodes.ok;
}

function optionsOf(flags: MergeFlags, at: (file: string) => string) {
  const grouping = groupings.find((one) => one === flags.groupBy);
  if (grouping === undefined) {
    throw new ConfigError(`--group-by must be one of ${groupings.join(', ')}, received "${flags.groupBy}"`);
  }
  const dependent = (['anchors', 'review', 'sample'] as const).find((name) => flags[name] !== undefined);
  if (flags.ai === undefined && dependent !== undefined) {
    throw new ConfigError(`--${dependent} compares human votes with AI votes`, [], {
      hint: 'name them with --ai votes.jsonl',
    });
  }
  if (flags.out === '-') {
    throw new ConfigError('--out must be a file: standard output carries the report');
  }
  const { sample } = flags;
  const anchors: Omit<AnchorRequest, 'aiVotes'> = {
    minWeight: numberOption('--min-weight', flags.minWeight, { min: 0, max: 1 }),
    seed: numberOption('--seed', flags.seed, { whole: true }),
    sample: sample === undefined ? null : numberOption('--sample', sample, { whole: true, min: 1 }),
  };
  return {
    grouping,
    window: eventWindow(flags),
    minGroupSize: numberOption('--min-group-size', flags.minGroupSize, { whole: true, min: 1 }),
    compare: flags.ai === undefined ? undefined : { ...anchors, aiVotes: flags.ai.map(at) },
  };
}

function summary({ anchors, agreement, disagreements, without_scale }: AnchorReport) {
  return { count: anchors.length, agreement, disagreements: disagreements.length, without_scale };
}

function printAgreement(io: CommandIo, report: AnchorReport): void {
  if (report.anchors.length === 0) note(io, 'humans and AI answered no question in common');
  else {
    line(io, agreementTable(report.agreement));
    note(io, `${report.disagreements.length} of ${report.anchors.length} are for review`);
  }
  if (report.without_scale > 0) {
    note(io, `${report.without_scale} candidates left out: the AI votes on them state no scale`);
  }
}
