import { closest } from '../../config/yaml/closest.ts';
import { ConfigError, InputError } from '../../domain/errors.ts';
import type { Item } from '../../domain/item.ts';
import type { RaterKind, Vote } from '../../domain/vote.ts';
import { writeJsonLines } from '../../files/write-lines.ts';
import { columnsOf } from '../../importers/map/missing-columns.ts';
import { type CountedReason, ReasonCounts } from '../../importers/problem-counts.ts';
import { formatNamed, formatNames, nearestFormat, recognise } from '../../importers/recognise.ts';
import { openSample, type RowSample } from '../../importers/sample-rows.ts';
import { dataFilesOf } from '../../importers/source-rows.ts';
import { ItemBook } from './item-book.ts';
import type { ImportKind, LoadedRecordMap } from './record-map.ts';
import { type RowReader, readerOfFormat, readerOfMap } from './row-reader.ts';

export interface ImportRequest {
  readonly kind: ImportKind;
  /** Files or folders; `-` is standard input. */
  readonly files: readonly string[];
  /** Name of the format; undefined: recognised for each file. */
  readonly from?: string | undefined;
  readonly map?: LoadedRecordMap | undefined;
  /** Where the records are written; `-` is standard output. */
  readonly out: string;
  /** Overrides who gave the votes. */
  readonly rater?: string | undefined;
  readonly raterKind?: RaterKind | undefined;
}

/** What was found in one file. */
export interface ImportedSource {
  readonly file: string;
  readonly container: string;
  /** Path of the list in a JSON object. */
  readonly list: string | null;
  readonly format: string;
  /** Why it was taken for this format. */
  readonly reason: string;
  rows: number;
  records: number;
  /** Read and given, but not of the kind that was asked for. */
  otherRecords: number;
  readonly columns: readonly string[];
  problems: readonly CountedReason[];
  leftOut: readonly CountedReason[];
}

export interface ImportReport {
  readonly sources: readonly ImportedSource[];
  readonly written: number;
  /** Records that were equal to an earlier one. */
  readonly repeated: number;
}

/**
 * Reads foreign files and writes the items, votes or labels in them as records of Quorate. Rows that cannot be read are
 * counted by kind in the report, and the others are written.
 * @throws ConfigError for a map that does not fit; InputError for a file that cannot be read or is not recognised, and
 * where no record came of the files
 */
export async function importRecords(request: ImportRequest): Promise<ImportReport> {
  const files = (await Promise.all(request.files.map(dataFilesOf))).flat();
  const sources: ImportedSource[] = [];
  const counts = { repeated: 0 };
  const written = await writeJsonLines(request.out, recordsOf(files, request, sources, counts));
  return { sources, written, repeated: counts.repeated };
}

async function* recordsOf(
  files: readonly string[],
  request: ImportRequest,
  sources: ImportedSource[],
  counts: { repeated: number },
): AsyncGenerator<Item | Vote> {
  const book = new ItemBook();
  let written = 0;
  for (const file of files) {
    const sample = await openSample(file);
    const { reader, format, reason } = await readerFor(sample, request);
    const source: ImportedSource = {
      file,
      container: sample.container,
      list: sample.list,
      format,
      reason,
      rows: 0,
      records: 0,
      otherRecords: 0,
      columns: columnsOf(sample.first),
      problems: [],
      leftOut: [],
    };
    sources.push(source);
    const problems = new ReasonCounts();
    const leftOut = new ReasonCounts();
    for await (const row of sample.rows) {
      if ('leftOut' in row) leftOut.add(row.line, row.leftOut);
      else if ('problem' in row) problems.add(row.line, row.problem);
      else {
        source.rows += 1;
        const read = reader.read(row.record, { line: row.line, facts: sample.facts, first: sample.first });
        for (const problem of read.problems) problems.add(row.line, problem);
        for (const reason of read.leftOut) leftOut.add(row.line, reason);
        const named = book.name(read.items, read.votes, reader.joinsItems);
        counts.repeated += named.repeated;
        const votes = named.votes.map((vote) => givenBy(vote, request));
        const wanted =
          request.kind === 'items' ? named.items : votes.filter((vote) => isWanted(vote, request.kind));
        source.records += wanted.length;
        source.otherRecords += named.items.length + votes.length - wanted.length;
        if (reader.joinsItems && request.kind === 'items') continue;
        written += wanted.length;
        yield* wanted;
      }
    }
    source.problems = problems.list();
    source.leftOut = leftOut.list();
  }
  if (request.kind === 'items') {
    for (const item of book.joined()) {
      written += 1;
      yield item;
    }
  }
  if (written === 0) throw nothingCame(request, sources);
}

function isWanted({ rater_kind: kind }: Vote, wanted: ImportKind): boolean {
  return wanted === 'votes' || kind === 'human' || kind === 'gold';
}

function givenBy(vote: Vote, { rater, raterKind }: ImportRequest): Vote {
  if (rater === undefined && raterKind === undefined) return vote;
  return {
    ...vote,
    ...(rater !== undefined && { rater }),
    ...(raterKind !== undefined && { rater_kind: raterKind }),
  };
}

interface ChosenReader {
  readonly reader: RowReader;
  readonly format: string;
  readonly reason: string;
}

async function readerFor(sample: RowSample, { kind, from, map }: ImportRequest): Promise<ChosenReader> {
  if (map !== undefined) {
    return { reader: await readerOfMap(kind, map, sample), format: 'map', reason: 'the map given' };
  }
  if (from !== undefined) {
    const format = formatNamed(from);
    if (format !== undefined) return { reader: readerOfFormat(format), format: from, reason: '--from' };
    const near = closest(from, formatNames);
    throw new ConfigError(`--from must be one of ${formatNames.join(', ')}, received "${from}"`, [], {
      ...(near !== undefined && { hint: `did you mean "${near}"?` }),
    });
  }
  const found = recognise(sample);
  if (found !== null) {
    const { format, reason } = found;
    return { reader: readerOfFormat(format), format: format.name, reason };
  }
  throw unrecognised(sample);
}

function unrecognised(sample: RowSample): InputError {
  if (sample.first.length === 0) return new InputError(sample.file, null, 'holds no record');
  const near = nearestFormat(sample);
  const nearest =
    near === null ? '' : ` Nearest is ${near.name}, which has the columns ${near.columns.join(', ')}.`;
  return new InputError(
    sample.file,
    null,
    `is of no format that is known. Columns: ${columnsOf(sample.first).join(', ')}.${nearest}`,
    { hint: 'name the format with --from, or say with --map which columns hold what' },
  );
}

/** Nothing came in is never a success: what was found, what was looked for, and what to do. */
function nothingCame({ kind }: ImportRequest, sources: readonly ImportedSource[]): InputError {
  const [source] = sources;
  if (source === undefined) return new InputError('-', null, 'no file');
  const [problem] = source.problems;
  const other = sources.reduce((sum, one) => sum + one.otherRecords, 0);
  const why =
    problem !== undefined
      ? `${problem.reason} (${problem.count} rows, first in line ${problem.lines[0]})`
      : other > 0
        ? `it holds ${kind === 'items' ? 'votes only' : kind === 'votes' ? 'items only' : 'items, or votes of models, only'}`
        : (source.leftOut[0]?.reason ?? 'it holds no record');
  const wanted = kind === 'items' ? 'a prompt and responses' : 'who preferred or scored which response';
  return new InputError(
    source.file,
    null,
    `no ${kind} came of ${source.rows} rows read as ${source.format}: ${why}. Columns: ${source.columns.join(', ')}; looked for ${wanted}`,
    {
      hint:
        other > 0
          ? `import ${kind === 'items' ? 'votes' : kind === 'labels' ? 'votes, or items' : 'items'} instead`
          : 'say with --map which columns hold what',
    },
  );
}
