import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContainerName, DatasetKind, FormatName, PiiPolicy, SplitShare } from '../domain/export-spec.ts';
import { datasetCard } from './card.ts';
import type { Example, Refusal } from './example.ts';
import type { DatasetFormat } from './formats/format.ts';
import { formatFor, formatNamed } from './formats/index.ts';
import { contentHash, type DatasetManifest, hashFile } from './manifest.ts';
import { type ExportInputs, openExamples } from './open-examples.ts';
import { notMeasured, type QualityResult, statusOf } from './quality/check.ts';
import { consistency } from './quality/consistency.ts';
import { promptDiversity } from './quality/diversity.ts';
import { openRedaction, type PrivacyTally } from './redact-examples.ts';
import { planSampling, type Sampling, type SamplingOptions } from './sampling.ts';
import { planSplits, type SplitPlan } from './splits/plan-splits.ts';
import { openTargetFolder, type Replaceable } from './target-folder.ts';
import {
  dataFile,
  openRows,
  type PlacedExample,
  type RowSink,
  type RowsPlan,
  type WrittenRows,
} from './write-rows.ts';

/** Batch size for the writing thread, in rows or characters: large enough to amortise transfers, small enough for memory. */
const batchRows = 128;
const batchCharacters = 1 << 20;

export interface ExportRequest {
  readonly inputs: ExportInputs;
  readonly out: string;
  readonly kind: DatasetKind;
  readonly format: FormatName | DatasetFormat;
  readonly container: ContainerName;
  readonly replace: Replaceable;
  readonly splits: readonly SplitShare[];
  readonly seed: number;
  readonly minProbability: number;
  /** MUST rules that may fail, by name; `*` allows all. */
  readonly allow: readonly string[];
  readonly title: string;
  readonly license: string;
  readonly origin: Readonly<Record<string, unknown>>;
  readonly codeVersion: string;
  readonly benchmark?: AsyncIterable<string>;
  readonly previous?: ReadonlyMap<string, string>;
  readonly sampling?: SamplingOptions;
  readonly pii: PiiPolicy;
  /** Sink of the rows; by default this thread writes them. */
  readonly openSink?: (plan: RowsPlan) => RowSink | Promise<RowSink>;
}

/**
 * `refused`: MUST rules failed, nothing was written.
 * @example
 * const written = ({ status, manifest }: ExportOutcome) => (status === 'written' ? manifest : null);
 */
export interface ExportOutcome {
  readonly status: 'written' | 'refused';
  readonly manifest: DatasetManifest;
  readonly failed: readonly string[];
}

/**
 * Builds a dataset folder: data files, sidecars, refusals, manifest, card and trainer configuration.
 * The folder is written atomically.
 */
export async function exportDataset(request: ExportRequest): Promise<ExportOutcome> {
  const target = await openTargetFolder(request.out, request.replace);
  try {
    const outcome = await writeInto(target.path, request);
    if (outcome.status === 'written') await target.commit();
    else await target.discard();
    return outcome;
  } catch (error) {
    await target.discard();
    throw error;
  }
}

async function writeInto(folder: string, request: ExportRequest): Promise<ExportOutcome> {
  const source = openExamples(request);
  const plan = await planSplits(source.prompts(), request);
  const redaction = openRedaction(request.pii);
  const agreement = consistency();
  const sampling =
    request.sampling === undefined ? null : await planSampling(rowsOnly(source.examples()), request.sampling);
  const { kind, format, container, minProbability } = request;
  const sink = await (request.openSink ?? openRows)({ folder, kind, format, container, minProbability });
  const examples = source.examples((preference) => {
    if (preference.status === 'accepted') agreement.observe(preference);
  });
  const written = await writeAll(inBatches(redaction.apply(sifted(examples, plan, sampling)), plan), sink);

  const rows = Object.values(written.rows).reduce((sum, count) => sum + count, 0);
  const results = [
    privacy(request.pii, redaction.tally(), rows),
    agreement.conclude(),
    promptDiversity(plan),
    ...written.checks,
  ];
  const failed = results.filter((result) => result.status === 'fail').map((result) => result.check);
  const allowed = (check: string) => request.allow.includes(check) || request.allow.includes('*');
  const files = await Promise.all(
    Object.keys(written.rows).map((split) => hashFile(join(folder, dataFile(split, request.container)))),
  );
  const manifest: DatasetManifest = {
    manifest_version: 1,
    content_hash: contentHash(files),
    kind: request.kind,
    format: typeof request.format === 'string' ? request.format : request.format.name,
    container: request.container,
    rows: written.rows,
    refused: written.refusals,
    files,
    inputs: await Promise.all(source.files.map(hashFile)),
    settings: {
      splits: request.splits,
      seed: request.seed,
      min_probability: request.minProbability,
      pii: request.pii,
      ...(request.sampling && { sampling: request.sampling }),
    },
    origin: request.origin,
    overridden: failed.filter(allowed),
    quality: results,
    code_version: request.codeVersion,
  };
  const stopping = failed.filter((check) => !allowed(check));
  if (stopping.length > 0) return { status: 'refused', manifest, failed: stopping };
  await writeCompanions(folder, request, manifest, written);
  return { status: 'written', manifest, failed: [] };
}

async function writeCompanions(
  folder: string,
  request: ExportRequest,
  manifest: DatasetManifest,
  { tally, exampleKind }: WrittenRows,
): Promise<void> {
  const format = formatNamed(request.format);
  const trainer =
    format.trainerConfig?.({ ...request, ...tally, splits: Object.keys(manifest.rows) }) ?? null;
  const readBy = formatFor(request.format, request.kind).readBy;
  const card = datasetCard({
    ...tally,
    manifest,
    title: request.title,
    license: request.license,
    readBy,
    trainer,
  });
  const write = (name: string, text: string) => writeFile(join(folder, name), text);
  await write('README.md', card);
  await write('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
  if (trainer !== null) await write(trainer.file, trainer.text);
  if (format.companion !== undefined && exampleKind !== null) {
    const files = Object.keys(manifest.rows).map((split) => [split, dataFile(split, request.container)]);
    const companion = format.companion({
      kind: request.kind,
      exampleKind,
      files: Object.fromEntries(files) as Record<string, string>,
    });
    await write(companion.file, companion.text);
  }
}

async function* rowsOnly(examples: AsyncIterable<Example | Refusal>): AsyncGenerator<Example> {
  for await (const example of examples) if (example.kind !== 'refusal') yield example;
}

async function writeAll(
  batches: AsyncIterable<readonly PlacedExample[]>,
  sink: RowSink,
): Promise<WrittenRows> {
  try {
    for await (const batch of batches) await sink.write(batch);
    return await sink.close();
  } catch (error) {
    await sink.abandon();
    throw error;
  }
}

/** Examples with their splits, some at a time. */
async function* inBatches(
  examples: AsyncIterable<Example | Refusal>,
  plan: SplitPlan,
): AsyncGenerator<readonly PlacedExample[]> {
  let batch: PlacedExample[] = [];
  let characters = 0;
  for await (const example of examples) {
    batch.push({ example, split: example.kind === 'refusal' ? '' : plan.splitOf(example.meta.item) });
    if (example.kind === 'preference') characters += example.chosen.length + example.rejected.length;
    if (example.kind === 'completion') characters += example.completion.length;
    if (batch.length < batchRows && characters < batchCharacters) continue;
    yield batch;
    batch = [];
    characters = 0;
  }
  if (batch.length > 0) yield batch;
}

/** Converts rows that must not be trained on, or that sampling excludes, to refusals. */
async function* sifted(
  examples: AsyncIterable<Example | Refusal>,
  plan: SplitPlan,
  sampling: Sampling | null,
): AsyncGenerator<Example | Refusal> {
  for await (const example of examples) {
    if (example.kind === 'refusal') {
      yield example;
      continue;
    }
    const { item, candidates } = example.meta;
    const reason = plan.contaminated(item) ? 'prompt_in_benchmark' : (sampling?.leftOut(example) ?? null);
    yield reason === null ? example : { kind: 'refusal', item, candidates, reason };
  }
}

/** MUST: no personal data or secrets reach the training files. */
function privacy(policy: PiiPolicy, tally: PrivacyTally, n: number): QualityResult {
  const target = 'no row with personal data or secrets';
  if (n === 0) return notMeasured('privacy', 'MUST', target, 'there are no rows');
  const left = policy === 'keep' ? tally.rows : 0;
  const done = { redact: 'replaced by placeholders', refuse: 'left out', keep: 'kept as they are' }[policy];
  return {
    check: 'privacy',
    level: 'MUST',
    status: statusOf('MUST', left === 0),
    value: left / n,
    n,
    target,
    message: `${tally.rows} rows had personal data or secrets: ${done}`,
    details: tally.found,
  };
}
