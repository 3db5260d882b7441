import type { MoveBasis, RegistryEntry } from '../../domain/model-version.ts';
import type { FieldChange } from '../../registry/diff-versions.ts';
import type { ModelState, ModelVersion } from '../../registry/model-state.ts';
import { textTable } from '../../reports/text/text-table.ts';

export function versionTable(states: readonly ModelState[]): string {
  const rows = states.flatMap(({ model, versions }) => versions.map((version) => ({ model, ...version })));
  return textTable(rows, [
    { title: 'model', text: ({ model }) => model },
    { title: 'version', right: true, text: ({ version }) => version },
    { title: 'stage', text: ({ stage }) => stage },
    { title: 'since', text: ({ stage_since }) => stage_since },
    { title: 'served as', text: ({ served_as }) => served_as },
    { title: 'last gate', text: ({ gates }) => gates.at(-1)?.answer ?? '' },
    { title: 'artefact', text: ({ artefact }) => artefact },
  ]);
}

export function versionLines(model: string, version: ModelVersion): string {
  const facts: readonly (readonly [string, unknown])[] = [
    ['served as', version.served_as],
    ['artefact', version.artefact],
    ['about', version.description],
    ...Object.entries(version.lineage).map(([name, value]) => [name.replaceAll('_', ' '), value] as const),
    ...Object.entries(version.metrics).map(([name, value]) => [`metric ${name}`, value] as const),
    ...Object.entries(version.tags ?? {}).map(([name, value]) => [`tag ${name}`, value] as const),
  ];
  return [
    `${model} version ${version.version}, ${version.stage} since ${version.stage_since}`,
    ...facts
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `  ${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`),
  ].join('\n');
}

const basisText: Readonly<Record<MoveBasis['kind'], string>> = {
  gate: ' through its gate',
  first: ' as the first',
  override: ' OVERRIDING THE GATE',
  rollback: ' rolling back',
  replaced: ' replaced',
  free: '',
};

/** One line of a history. */
export function storyOf(entry: RegistryEntry): string {
  const version = `version ${entry.version}`;
  switch (entry.kind) {
    case 'registered':
      return `registered ${version} (${entry.served_as})`;
    case 'gated':
      return `gate of ${version} against version ${entry.baseline}: ${entry.answer} (${entry.reasons.join('; ')})`;
    case 'moved':
      return `${version} ${entry.from} -> ${entry.to}${basisText[entry.basis.kind]}: ${entry.reason}`;
  }
}

export function differenceTable(changes: readonly FieldChange[], before: string, after: string): string {
  const text = (value: unknown) => (value === null ? '-' : String(value));
  return textTable(changes, [
    { title: 'field', text: ({ field }) => field },
    { title: `version ${before}`, text: (change) => text(change.before) },
    { title: `version ${after}`, text: (change) => text(change.after) },
    {
      title: 'difference',
      right: true,
      text: ({ difference }) => (difference === undefined ? '' : signed(difference)),
    },
  ]);
}

function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${Number(value.toPrecision(4))}`;
}
