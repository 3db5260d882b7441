import { resolve } from 'node:path';
import type { Mistake } from '../../domain/errors.ts';
import {
  type Environment,
  expandVariables,
  missingVariables,
  variableNames,
} from '../../domain/expand-variables.ts';
import type { Rubric, RubricMode } from '../../domain/rubric.ts';
import { isSecretName, isSettingName } from '../../domain/variable-names.ts';
import type { Provider, Providers } from '../../ports/provider.ts';
import { providers } from '../../providers/index.ts';
import { fits, verdictMismatch } from '../rubric/load-rubric.ts';
import { closest } from '../yaml/closest.ts';
import { pathText, valueAt } from '../yaml/document-path.ts';
import { missingFile, mistakeAt, repeatedIds } from '../yaml/mistakes.ts';
import type { DocumentPath, YamlFile } from '../yaml/yaml-file.ts';
import { checkExports } from './check-exports.ts';
import type { KnownParts } from './job-schema.ts';

/**
 * Checks of a job beyond the schema: references, consistency, existing files. Works on the file as written, so that
 * these mistakes are reported together with those of the schema.
 */
export async function checkJob(...given: Parameters<typeof checkPanel>): Promise<readonly Mistake[]> {
  const [yaml, folder] = given;
  const voters = given[4]?.given?.has('raters') ? [] : hasVoters(yaml);
  return [...voters, ...(await checkPanel(...given)), ...(await checkExports(yaml, folder))];
}

/** The same checks for a file that may have no raters, because its votes already exist. */
export async function checkPanel(
  yaml: YamlFile,
  folder: string,
  env: Environment,
  rubrics: ReadonlyMap<string, Rubric>,
  parts: KnownParts = {},
): Promise<readonly Mistake[]> {
  const known = parts.providers ?? providers;
  const panel = listAt(yaml, ['panel']);
  const judges = panel.flatMap((_, index) => checkJudge(yaml, index, env, rubrics, known));
  return [
    ...repeatedJudges(yaml, panel.length),
    ...judges,
    ...unknownJudges(yaml, panel),
    ...(await missingFiles(yaml, folder, env, known, parts.given?.has('items') ? [] : [['items']])),
  ];
}

function hasVoters(yaml: YamlFile): Mistake[] {
  const some = ['panel', 'rules', 'votes'].some((section) => {
    const value = valueAt(yaml.value, [section]);
    return Array.isArray(value) ? value.length > 0 : value !== undefined;
  });
  if (some || valueAt(yaml.value, ['facts']) !== undefined) return [];
  return [
    mistakeAt(
      yaml,
      [],
      'the job has no raters: panel, rules, facts and votes are all missing',
      'add a judge under "panel"',
    ),
  ];
}

/** The id of a judge: its own, otherwise its model, otherwise its provider. */
export function judgeId(judge: unknown): unknown {
  return valueAt(judge, ['id']) ?? valueAt(judge, ['model']) ?? valueAt(judge, ['provider']);
}

function repeatedJudges(yaml: YamlFile, count: number): Mistake[] {
  const mistakes = repeatedIds(yaml, ['panel'], 'judge');
  const seen = new Set<unknown>();
  for (let index = 0; index < count; index += 1) {
    const judge = valueAt(yaml.value, ['panel', index]);
    const id = judgeId(judge);
    if (id !== undefined && seen.has(id) && valueAt(judge, ['id']) === undefined) {
      mistakes.push(
        mistakeAt(
          yaml,
          ['panel', index],
          `panel[${index}] has the id "${String(id)}" of an earlier judge`,
          'give it its own "id"',
        ),
      );
    }
    seen.add(id);
  }
  return mistakes;
}

function checkJudge(
  yaml: YamlFile,
  index: number,
  env: Environment,
  rubrics: ReadonlyMap<string, Rubric>,
  known: Providers,
): Mistake[] {
  const place = ['panel', index];
  const judge = valueAt(yaml.value, place);
  const provider = providerAt(judge, known);
  const mistakes: Mistake[] = [];
  const complain = (key: string, message: string, hint?: string) =>
    mistakes.push(mistakeAt(yaml, [...place, key], `panel[${index}]${message}`, hint));

  if (valueAt(judge, ['model']) === undefined && provider?.needsModel) {
    complain('model', '.model is missing', 'which model should the provider run?');
  }
  const baseUrl = valueAt(judge, ['base_url']);
  if (provider?.needsBaseUrl && baseUrl === undefined) {
    complain(
      'base_url',
      '.base_url is missing',
      'for example http://127.0.0.1:11434/v1 (Ollama) or http://127.0.0.1:8080/v1 (llama.cpp)',
    );
  }
  for (const key of ['base_url', 'model']) {
    const value = valueAt(judge, [key]);
    if (typeof value !== 'string') continue;
    const hints = undeclared(yaml, value);
    for (const [name, hint] of hints) complain(key, `.${key} uses \${${name}}, which it may not`, hint);
    if (hints.size > 0) continue;
    for (const name of missingVariables(value, env)) {
      if (valueAt(judge, ['when']) === 'available') continue;
      complain(key, `.${key} uses \${${name}}, which is not set`, `set ${name} in the environment`);
    }
    if (key === 'base_url') mistakes.push(...checkUrl(yaml, [...place, key], value, env));
  }
  for (const section of ['headers', 'query']) {
    for (const [name, value] of Object.entries(Object(valueAt(judge, [section])) as object)) {
      const text = String(value);
      const unset = missingVariables(text, env);
      if (unset.length > 0 && valueAt(judge, ['when']) !== 'available')
        complain(
          section,
          `.${section}.${name} uses \${${unset[0]}}, which is not set`,
          `set ${unset[0]} in the environment`,
        );
      if (holdsKey.test(name) && variableNames(text).length === 0)
        complain(
          section,
          `.${section}.${name} seems to hold a key`,
          'keys must not be stored in files: name a variable of the environment in $' +
            '{…}, or use key_env with auth_header',
        );
    }
  }

  const name = valueAt(judge, ['rubric']) ?? valueAt(yaml.value, ['rubric']);
  if (name === undefined) {
    complain('rubric', ' has no rubric', 'add "rubric: helpfulness" to the job or to this judge');
  }
  const rubric = rubrics.get(String(name));
  const mode = valueAt(judge, ['mode']) as RubricMode | undefined;
  if (rubric !== undefined && mode !== undefined && !fits(rubric.verdict, mode)) {
    const { message, hint } = verdictMismatch(rubric.verdict, mode);
    complain('mode', `.mode does not fit the rubric: ${message}`, hint);
  }
  return mistakes;
}

/** Names of headers and parameters whose values are secret. */
const holdsKey =
  /^(authorization|proxy-authorization|cookie)$|(api|access|subscription|auth)[-_]?(key|token)|secret|^key$/i;

function providerAt(judge: unknown, known: Providers): Provider | undefined {
  return known.get(String(valueAt(judge, ['provider'])));
}

/**
 * The variables of a text that must not be expanded, each with what to do. An address or a model name is recorded and
 * sent, so a credential has no place there, and any other variable must be declared by the file.
 */
function undeclared(yaml: YamlFile, text: string): ReadonlyMap<string, string> {
  const declared = listAt(yaml, ['env']);
  return new Map(
    variableNames(text).flatMap((name): [string, string][] => {
      if (isSecretName(name)) return [[name, `a credential is named with key_env: ${name}`]];
      if (isSettingName(name) || declared.includes(name)) return [];
      return [[name, `declare it in the file: env: [${name}]`]];
    }),
  );
}

function checkUrl(yaml: YamlFile, place: DocumentPath, written: string, env: Environment): Mistake[] {
  const text = expandVariables(written, env);
  if (text === '') return [];
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return [
      mistakeAt(
        yaml,
        place,
        `${pathText(place)} must be an http or https address, received ${JSON.stringify(written)}`,
        /^[\w.-]+(:\d+)?(\/|$)/.test(text) ? `did you mean http://${text}?` : undefined,
      ),
    ];
  }
  if (url.username === '' && url.password === '') return [];
  return [
    mistakeAt(
      yaml,
      place,
      `${pathText(place)} contains a user name or password`,
      'keys must not be stored in files: name an environment variable with key_env',
    ),
  ];
}

const judgeReferences: readonly DocumentPath[] = [
  ['verify'],
  ['facts', 'judge'],
  ['prepare', 'criteria_by'],
  ['prepare', 'reference_by'],
  ['constitution', 'self_critique', 'critic'],
];
const judgeListReferences: readonly DocumentPath[] = [
  ['constitution', 'judges'],
  ['constitution', 'self_critique', 'judges'],
];

function unknownJudges(yaml: YamlFile, panel: readonly unknown[]): Mistake[] {
  const ids = panel.map(judgeId).map(String);
  const stages = listAt(yaml, ['allocation', 'stages']).map(
    (_, index): DocumentPath => ['allocation', 'stages', index],
  );
  const lists = [...judgeListReferences, ...stages].flatMap((place) =>
    listAt(yaml, place).map((_, index): DocumentPath => [...place, index]),
  );
  return [...judgeReferences, ...lists].flatMap((place) => {
    const id = valueAt(yaml.value, place);
    if (typeof id !== 'string' || ids.includes(id)) return [];
    if (id === 'author' && place.at(-1) === 'critic') return [];
    const near = closest(id, ids);
    const hint = near === undefined ? `judges here: ${ids.join(', ') || 'none'}` : `did you mean "${near}"?`;
    return [
      mistakeAt(yaml, place, `${pathText(place)} names "${id}", which is not a judge of the panel`, hint),
    ];
  });
}

/** Data files that are named and do not exist; those of optional judges are ignored. */
async function missingFiles(
  yaml: YamlFile,
  folder: string,
  env: Environment,
  known: Providers,
  items: readonly DocumentPath[],
): Promise<Mistake[]> {
  const votes = listAt(yaml, ['votes']).map((_, index): DocumentPath => ['votes', index]);
  const models = listAt(yaml, ['panel'])
    .map((_, index): DocumentPath => ['panel', index, 'model'])
    .filter((place) => {
      const judge = valueAt(yaml.value, place.slice(0, 2));
      return providerAt(judge, known)?.modelIsFile === true && valueAt(judge, ['when']) !== 'available';
    });
  const authorities = listAt(yaml, ['panel']).map((_, index): DocumentPath => ['panel', index, 'ca_file']);
  const found = await Promise.all(
    [
      ...items,
      ['labels'],
      ['votes'],
      ['calibration'],
      ['facts', 'corpus'],
      ...votes,
      ...models,
      ...authorities,
    ].map(async (place): Promise<Mistake[]> => {
      const written = valueAt(yaml.value, place);
      if (typeof written !== 'string' || written === '') return [];
      const isModel = place.at(-1) === 'model';
      const path = isModel ? expandVariables(written, env) : written;
      if (isModel && undeclared(yaml, written).size > 0) return [];
      return missingFile(yaml, place, resolve(folder, path));
    }),
  );
  return found.flat();
}

function listAt(yaml: YamlFile, path: DocumentPath): readonly unknown[] {
  const value = valueAt(yaml.value, path);
  return Array.isArray(value) ? value : [];
}
