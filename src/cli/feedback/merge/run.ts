import { resolve } from 'node:path';
import { type AnchorReport, scoreAnchors } from '../../../analysis/agreement/anchor-agreement.ts';
import { collectAnswers } from '../../../analysis/agreement/collect-answers.ts';
import { openFeedbackStore } from '../../../app/open-feedback-store.ts';
import { ConfigError } from '../../../domain/errors.ts';
import type { Item } from '../../../domain/item.ts';
import type { Vote } from '../../../domain/vote.ts';
import { groupings } from '../../../feedback/merge/identify.ts';
import { type Coverage, measureCoverage } from '../../../feedback/merge/measure-coverage.ts';
import { mergeFeedback } from '../../../feedback/merge/merge-feedback.ts';
import { readItems } from '../../../files/items.ts';
import { readVotes } from '../../../files/votes.ts';
import { writeJsonLines } from '../../../files/write-lines.ts';
import type { FeedbackStore } from '../../../ports/feedback-store.ts';
import { withInterval } from '../../../reports/text/measured-text.ts';
import { plainText, valueText } from '../../../reports/text/stats-text.ts';
import { textTable } from '../../../reports/text/text-table.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { type CommandIo, line, note } from '../../io.ts';
import { numberOption } from '../../number-option.ts';
import { eventWindow, type WindowFlags } from '../event-window.ts';
import { reviewEntry } from './review-entry.ts';

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
  readonly k: string;
  readonly seed: string;
  readonly json?: boolean;
}

const replicates = 1000;

export async function mergeEvents(io: CommandIo, flags: MergeFlags): Promise<ExitCode> {
  const options = optionsOf(flags);
  const path = (file: string) => (file === '-' ? file : resolve(io.cwd, file));
  const [votesFile, itemsFile] = [path(flags.out), path(flags.items)];
  const known = (): AsyncGenerator<Item> => each((flags.known ?? []).map(path), readItems);
  const store = await openFeedbackStore(flags.store, io.cwd, { mustExist: true });
  try {
    const { grouping, window } = options;
    const merge = await mergeFeedback(store, { window, grouping, known });
    await writeJsonLines(votesFile, recorded(merge.votes(), store, votesFile));
    await writeJsonLines(itemsFile, merge.items());
    const counts = merge.counts();
    const coverage = await measureCoverage(store, window, options.k);
    const report =
      flags.ai === undefined ? null : await anchorsOf(flags, options, { path, votesFile, itemsFile, known });
    if (report !== null) await writeAnchors(report, flags, path);
    if (flags.json === true) {
      line(
        io,
        JSON.stringify(
          { ...counts, coverage, ...(report !== null && { anchors: summary(report) }) },
          null,
          2,
        ),
      );
    } else if (report !== null) showAgreement(io, report);
    note(io, `${counts.votes} votes on ${counts.items} items from ${counts.events} events`);
    for (const [reason, count] of Object.entries(counts.no_vote))
      note(io, `  no vote, ${words(reason)}: ${count}`);
    if (counts.weighted > 0) note(io, `  with a weight below 1: ${counts.weighted}`);
    noteCoverage(io, coverage);
    return exitCodes.ok;
  } finally {
    await store.close();
  }
}

function optionsOf(flags: MergeFlags) {
  const grouping = groupings.find((one) => one === flags.groupBy);
  if (grouping === undefined) {
    throw new ConfigError(`--group-by must be one of ${groupings.join(', ')}, received "${flags.groupBy}"`);
  }
  const needy = (['anchors', 'review', 'sample'] as const).find((name) => flags[name] !== undefined);
  if (flags.ai === undefined && needy !== undefined) {
    throw new ConfigError(`--${needy} compares people with AI votes`, [], {
      hint: 'name them: --ai votes.jsonl',
    });
  }
  if (flags.out === '-') {
    throw new ConfigError('--out must be a file: the report is what goes to standard output');
  }
  return {
    grouping,
    window: eventWindow(flags),
    minWeight: numberOption('--min-weight', flags.minWeight, { min: 0, max: 1 }),
    k: numberOption('--k', flags.k, { whole: true, min: 1 }),
    seed: numberOption('--seed', flags.seed, { whole: true }),
    sample:
      flags.sample === undefined ? null : numberOption('--sample', flags.sample, { whole: true, min: 1 }),
  };
}

/** The votes file is a dataset: an erasure must be able to name it. */
async function* recorded(
  votes: AsyncIterable<Vote>,
  store: Pick<FeedbackStore, 'recordExport'>,
  dataset: string,
): AsyncGenerator<Vote> {
  let events: string[] = [];
  for await (const vote of votes) {
    events.push(String(vote.provenance?.event));
    if (events.length === 5000) {
      await store.recordExport(dataset, events);
      events = [];
    }
    yield vote;
  }
  if (events.length > 0) await store.recordExport(dataset, events);
}

interface Places {
  readonly path: (file: string) => string;
  readonly votesFile: string;
  readonly itemsFile: string;
  readonly known: () => AsyncGenerator<Item>;
}

async function anchorsOf(
  flags: MergeFlags,
  { minWeight, seed, sample }: ReturnType<typeof optionsOf>,
  { path, votesFile, itemsFile, known }: Places,
): Promise<AnchorReport> {
  const book = await collectAnswers({
    votes: each(flags.ai!.map(path), readVotes),
    labels: heavy(readVotes(votesFile), minWeight),
    items: joined(known(), readItems(itemsFile)),
  });
  return scoreAnchors(book, { seed, replicates, sample });
}

async function* joined<T>(one: AsyncIterable<T>, other: AsyncIterable<T>): AsyncGenerator<T> {
  yield* one;
  yield* other;
}

async function* heavy(votes: AsyncIterable<Vote>, minWeight: number): AsyncGenerator<Vote> {
  for await (const vote of votes) if ((vote.weight ?? 1) >= minWeight) yield vote;
}

async function* each<T>(
  files: readonly string[],
  read: (file: string) => AsyncIterable<T>,
): AsyncGenerator<T> {
  for (const file of files) yield* read(file);
}

async function writeAnchors(
  { anchors, disagreements }: AnchorReport,
  flags: MergeFlags,
  path: (file: string) => string,
): Promise<void> {
  if (flags.anchors !== undefined) await writeJsonLines(path(flags.anchors), anchors);
  if (flags.review !== undefined) await writeJsonLines(path(flags.review), disagreements.map(reviewEntry));
}

function summary({ anchors, agreement, disagreements, without_scale }: AnchorReport) {
  return { count: anchors.length, agreement, disagreements: disagreements.length, without_scale };
}

function showAgreement(io: CommandIo, report: AnchorReport): void {
  if (report.anchors.length === 0) note(io, 'no question was answered by people and AI both');
  else {
    line(
      io,
      textTable(report.agreement, [
        { title: 'people and AI on', text: ({ on, category }) => (category === null ? on : `  ${category}`) },
        { title: 'n', right: true, text: ({ percent_agreement }) => String(percent_agreement.n) },
        { title: 'agreement', text: ({ percent_agreement }) => withInterval(percent_agreement) },
        { title: 'AC1', text: ({ gwet_ac1 }) => withInterval(gwet_ac1) },
      ]),
    );
    note(io, `${report.disagreements.length} of ${report.anchors.length} are for review`);
  }
  if (report.without_scale > 0) {
    note(io, `${report.without_scale} candidates left out: AI votes on them state no scale`);
  }
}

function noteCoverage(io: CommandIo, { all, category, model }: Coverage): void {
  if (all.value === null) {
    note(
      io,
      'coverage unknown: no interactions were recorded, so nobody can say how many responses got no feedback',
    );
    return;
  }
  note(io, `coverage: people spoke of ${valueText(all, 'share')} of ${all.n} interactions, and chose which`);
  for (const [slice, value] of Object.entries({ ...category, ...model }))
    note(io, `  ${plainText(slice)}: ${valueText(value, 'share')} of ${value.n}`);
}

function words(reason: string): string {
  return reason.replaceAll('_', ' ');
}
