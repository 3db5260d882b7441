import { dirname } from 'node:path';
import { resolveNamed } from '../../config/yaml/shipped-files.ts';
import { readYamlFile } from '../../config/yaml/yaml-file.ts';
import { variableNames } from '../../domain/expand-variables.ts';
import type { Job, JudgeSpec } from '../../domain/job.ts';
import type { Rule } from '../../domain/rule.ts';
import { isLocalKeyName, isSettingName } from '../../domain/variable-names.ts';
import type { Provider, Providers } from '../../ports/provider.ts';
import { providerOf } from '../../providers/index.ts';
import type { Environment } from '../context.ts';
import { type Access, outside, type ProjectAccess, projectRoot, scriptsOf } from './access.ts';
import { addressKind } from './address-kind.ts';

export interface JobAccessOptions {
  readonly env: Environment;
  readonly providers?: Providers | undefined;
  /** Paths that the user named for this call; they need no consent. */
  readonly own?: readonly string[];
}

/** What running a job or the panel of a gate would send, run, read and write. Sends nothing. */
export async function accessOfJob(job: Job, options: JobAccessOptions): Promise<ProjectAccess> {
  const folder = dirname(job.file);
  const root = projectRoot(job.file);
  const written = (await readYamlFile(job.file, []))?.value;
  const named = await namedFiles(written, folder);
  const rules = job.skip.includes('rule') ? [] : commandRules(job);
  const { facts, constitution } = job;
  const read = (path: string | null | undefined, by: string) =>
    path === null || path === undefined || path === '' ? [] : [{ path, by }];
  const writes = [
    { path: job.out, by: 'out' },
    ...job.exports.map(({ out }) => ({ path: out, by: 'export' })),
    ...read(constitution?.selfCritique?.out, 'constitution.self_critique.out'),
    ...(isUrl(job.store) ? [] : [{ path: job.store, by: 'store' }]),
  ].filter(({ path }) => !(options.own ?? []).some((mine) => path === mine || path.startsWith(`${mine}/`)));
  return {
    file: job.file,
    files: [job.file, ...named, ...rules.flatMap(({ run }) => scriptsOf(run, folder))],
    access: [
      ...judgesAccess(job.panel, judgesOf(written), options),
      ...(facts?.embeddings === undefined
        ? []
        : requests({ by: 'facts.embeddings', ...facts.embeddings, variables: [] }, null, options)),
      ...(isUrl(job.store) ? storeAccess(job.store) : []),
      ...rules.map(
        ({ id, run }): Access => ({
          kind: 'command',
          what: run.join(' '),
          by: `rule ${id}`,
          needsTrust: true,
        }),
      ),
      ...outside(root, 'write', writes),
      ...outside(root, 'read', [
        ...read(job.items, 'items'),
        ...read(job.labels, 'labels'),
        ...job.votes.flatMap((path) => read(path, 'votes')),
        ...read(job.calibration, 'calibration'),
        ...read(facts?.corpus, 'facts.corpus'),
        ...named.map((path) => ({ path, by: 'rubric or constitution' })),
        ...job.panel.flatMap(({ id, caFile }) => read(caFile, `ca_file of judge ${id}`)),
        ...job.panel.flatMap(({ id, caFile }) => read(caFile, `judge ${id}, ca_file`)),
        ...job.panel.flatMap(({ id, model, provider }) =>
          providerOf(provider, options.providers).modelIsFile ? read(model, `judge ${id}`) : [],
        ),
      ]),
    ],
  };
}

function judgesAccess(
  panel: readonly JudgeSpec[],
  written: readonly unknown[],
  options: JobAccessOptions,
): Access[] {
  return panel.flatMap((judge, index) => {
    const provider = providerOf(judge.provider, options.providers);
    if (provider.runsLocally) return [];
    const { baseUrl, keyEnv, id } = judge;
    const variables = [...new Set(variablesOf(written[index]))];
    return requests({ by: `judge ${id}`, baseUrl, keyEnv, variables }, provider, options);
  });
}

interface Requests {
  readonly by: string;
  readonly baseUrl?: string | undefined;
  readonly keyEnv?: string | undefined;
  /** Names of the variables that the entry expands. */
  readonly variables: readonly string[];
}

/** What the requests of one entry carry, and to which host. */
function requests(
  { by, baseUrl: written, keyEnv, variables }: Requests,
  provider: Provider | null,
  { env }: JobAccessOptions,
): Access[] {
  const fromEnv = provider?.baseUrlEnv === undefined ? undefined : env[provider.baseUrlEnv];
  const own = provider?.hosts ?? [];
  const baseUrl = written ?? fromEnv ?? (own[0] === undefined ? undefined : `https://${own[0]}`);
  const key = keyEnv ?? provider?.keyEnv ?? null;
  if (baseUrl === undefined || !URL.canParse(baseUrl)) {
    // the code of a plugin decides where it goes
    return key === null
      ? []
      : [{ kind: 'key', what: key, to: `provider ${provider?.name}`, by, needsTrust: false }];
  }
  const url = new URL(baseUrl);
  const { host: to } = url;
  const address = addressKind(url.hostname);
  // the person who set the environment chose that host
  const chosen = written === undefined;
  const isOwn = chosen || (url.protocol === 'https:' && own.includes(url.hostname) && url.port === '');
  const local = (name: string) => address === 'loopback' && isLocalKeyName(name);
  const machine = address === 'link-local' || address === 'cloud metadata';
  return [
    ...(isOwn && own.includes(url.hostname)
      ? []
      : [{ kind: 'host' as const, what: to, address, by, needsTrust: machine }]),
    ...(key === null
      ? []
      : [{ kind: 'key' as const, what: key, to, address, by, needsTrust: !isOwn && !local(key) }]),
    ...variables.map((what) => {
      const needsTrust = !isSettingName(what) && !local(what);
      return { kind: 'variable' as const, what, to, address, by, needsTrust };
    }),
  ];
}

function storeAccess(store: string): Access[] {
  if (!URL.canParse(store)) return [];
  const { host, hostname } = new URL(store);
  const address = addressKind(hostname);
  return [{ kind: 'host', what: host, address, by: 'store', needsTrust: address !== 'loopback' }];
}

function isUrl(place: string): boolean {
  return /^[a-z]+:\/\//.test(place);
}

function commandRules(job: Job): readonly { readonly id: string; readonly run: readonly string[] }[] {
  const rubrics = new Set(job.panel.map(({ rubric }) => rubric));
  const rules: readonly Rule[] = [...job.rules, ...[...rubrics].flatMap(({ rules: own = [] }) => own)];
  // the schema of the check has validated the program
  return rules.flatMap(({ check, id, run }) =>
    check === 'command' ? [{ id, run: run as readonly string[] }] : [],
  );
}

/** Rubrics and constitutions that a document names by path. */
async function namedFiles(written: unknown, folder: string): Promise<string[]> {
  const { rubric, constitution } = record(written);
  const files = record(constitution).files ?? constitution;
  const rubrics = [rubric, ...judgesOf(written).map((judge) => record(judge).rubric)];
  const paths: string[] = [];
  for (const [names, kind] of [
    [rubrics, 'rubrics'],
    [[files].flat(), 'constitutions'],
  ] as const) {
    for (const name of names) {
      if (typeof name !== 'string' || !/[\\/]|\.(ya?ml|json)$/i.test(name)) continue;
      const path = await resolveNamed(name, folder, kind);
      if (path !== null) paths.push(path);
    }
  }
  return [...new Set(paths)];
}

function judgesOf(written: unknown): readonly unknown[] {
  const { panel } = record(written);
  return Array.isArray(panel) ? panel : [];
}

/** Names of every `${NAME}` in the texts of a value. */
function variablesOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return variableNames(value);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(variablesOf) : [];
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
