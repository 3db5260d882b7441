import { stringify } from 'yaml';
import type { ContainerName } from '../domain/export-spec.ts';
import type { TrainerConfig } from './formats/trainer-config.ts';
import type { DatasetManifest } from './manifest.ts';
import { dataFile } from './write-rows.ts';

export interface CardFacts {
  readonly manifest: DatasetManifest;
  readonly title: string;
  readonly license: string;
  readonly readBy: string;
  readonly trainer: TrainerConfig | null;
  /** Rows by source: human, machine, both or public. */
  readonly sources: Readonly<Record<string, number>>;
  readonly pairAccuracy: number | null;
  readonly calibrated: boolean;
}

/** README.md of the dataset: a Hugging Face card with all numbers taken from the manifest. */
export function datasetCard(facts: CardFacts): string {
  const { manifest } = facts;
  const rows = Object.values(manifest.rows).reduce((sum, count) => sum + count, 0);
  const header = {
    license: facts.license,
    task_categories: ['text-generation'],
    tags: ['preference', 'quorate', manifest.kind],
    annotations_creators: annotators(facts.sources),
    size_categories: [sizeCategory(rows)],
    configs: [
      {
        config_name: 'default',
        data_files: Object.keys(manifest.rows).map((split) => ({
          split,
          path: dataFile(split, manifest.container as ContainerName),
        })),
      },
    ],
  };
  return [
    `---\n${stringify(header)}---`,
    `# ${facts.title}`,
    `${rows} ${manifest.kind} rows in the ${manifest.format} format, read by ${facts.readBy}.`,
    section('Rows', table(['split', 'rows'], Object.entries(manifest.rows))),
    section('How the labels came about', [originText(facts), sourceText(facts.sources)].join('\n\n')),
    section('Quality', qualityTable(manifest)),
    section('Left out', leftOut(manifest)),
    section('Training', trainingText(facts)),
    section('Known limits', limits(facts)),
    section(
      'Version',
      `Content hash \`${manifest.content_hash}\`, made by quorate ${manifest.code_version}. The manifest lists every input with its hash; \`*.meta.jsonl\` says for each row where it comes from.`,
    ),
    '',
  ].join('\n\n');
}

function section(title: string, text: string): string {
  return `## ${title}\n\n${text}`;
}

function table(head: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const line = (cells: readonly unknown[]) =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function annotators(sources: Readonly<Record<string, number>>): readonly string[] {
  const machine = (sources.ai ?? 0) + (sources.mixed ?? 0) > 0;
  const human = (sources.human ?? 0) + (sources.mixed ?? 0) > 0;
  return [...(machine ? ['machine-generated'] : []), ...(human ? ['expert-generated'] : [])];
}

function sizeCategory(rows: number): string {
  if (rows < 1_000) return 'n<1K';
  if (rows < 10_000) return '1K<n<10K';
  if (rows < 100_000) return '10K<n<100K';
  return rows < 1_000_000 ? '100K<n<1M' : '1M<n<10M';
}

function originText({ manifest, pairAccuracy, calibrated }: CardFacts): string {
  const origin = Object.entries(manifest.origin);
  const listed = origin.map(
    ([key, value]) => `- ${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const accuracy =
    pairAccuracy === null
      ? 'How often a row is right was not measured.'
      : `Expected share of right rows: ${pairAccuracy.toFixed(3)} (${calibrated ? 'calibrated on labels' : 'uncalibrated: no labels support this number'}).`;
  return [...listed, '', accuracy].join('\n');
}

function sourceText(sources: Readonly<Record<string, number>>): string {
  const parts = Object.entries(sources).map(([source, count]) => `${source} ${count}`);
  return `Rows by who stands behind them: ${parts.join(', ') || 'none'}.`;
}

function qualityTable(manifest: DatasetManifest): string {
  const rows = manifest.quality.map((result) => [
    result.check,
    result.level,
    manifest.overridden.includes(result.check) ? `${result.status} (overridden)` : result.status,
    result.n,
    result.message,
  ]);
  return table(['check', 'level', 'status', 'n', 'finding'], rows);
}

function leftOut(manifest: DatasetManifest): string {
  const rows = Object.entries(manifest.refused);
  return rows.length === 0
    ? 'Nothing.'
    : `${table(['reason', 'rows'], rows)}\n\nEach is listed in \`refused.jsonl\`.`;
}

function trainingText({ trainer }: CardFacts): string {
  if (trainer === null) return 'See the documentation of the trainer for its configuration.';
  return `Set the model in \`${trainer.file}\`, then, in this folder:\n\n\`\`\`sh\n${trainer.command}\n\`\`\``;
}

function limits({ manifest, calibrated }: CardFacts): string {
  const found = manifest.quality.filter((result) => result.status === 'warn' || result.status === 'fail');
  const lines = found.map((result) => `- ${result.check}: ${result.message} (wanted: ${result.target})`);
  if (!calibrated) lines.push('- The probabilities are uncalibrated.');
  const missing = manifest.quality.filter((result) => result.status === 'not_measured');
  if (missing.length > 0) lines.push(`- Not measured: ${missing.map((result) => result.check).join(', ')}.`);
  return lines.length === 0 ? 'None was found by the checks above.' : lines.join('\n');
}
