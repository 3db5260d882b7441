import { join, resolve } from 'node:path';
import type { z } from 'zod';
import type { jobSchema } from '../config/job/job-schema.ts';
import type { JobSource } from '../config/job/load-job.ts';
import { readJob } from '../config/job/load-job.ts';
import { rubricOf } from '../config/rubric/load-rubric.ts';
import type { WrittenRubric } from '../config/rubric/rubric-schema.ts';
import { valueFile } from '../config/yaml/yaml-file.ts';
import type { DatasetFormat } from '../datasets/formats/format.ts';
import { checkArgument } from '../domain/check-argument.ts';
import { ConfigError, InputError, type Mistake } from '../domain/errors.ts';
import type { Item } from '../domain/item.ts';
import type { Job } from '../domain/job.ts';
import type { Rubric } from '../domain/rubric.ts';
import { parseItem } from '../files/items.ts';
import type { Provider } from '../ports/provider.ts';
import type { Rater } from '../ports/rater.ts';
import type { RunStore } from '../ports/run-store.ts';
import { withProviders } from '../providers/index.ts';
import type { FunctionRule, RuleAnswer, RuleSubject } from '../raters/rules/function-rule.ts';
import { checkFormat, checkProvider, checkRater, checkRule } from './check-parts.ts';
import type { Environment } from './context.ts';
import type { Parts } from './parts.ts';

type Written = z.input<typeof jobSchema>;
type WrittenJudge = NonNullable<Written['panel']>[number];
type WrittenRule = NonNullable<Written['rules']>[number];
type WrittenExport = NonNullable<Written['export']>[number];

/**
 * A rule as a function of the response: `true` passes, `false` or a reason fails. Its name is its id.
 * @example
 * const polite: RuleFunction = (response) => response.includes('please') || 'it is not polite';
 */
export type RuleFunction = (response: string, subject: RuleSubject) => RuleAnswer | Promise<RuleAnswer>;

/**
 * An entry of `panel`: the keys of a job file, with a provider by name or as a value.
 * @example
 * const judge: JudgeInput = { provider: 'openai', model: 'gpt-5-mini', orders: 'both' };
 */
export interface JudgeInput extends Omit<WrittenJudge, 'provider' | 'rubric'> {
  /** The name of a shipped provider, or a provider of your own. */
  readonly provider: string | Provider;
  readonly rubric?: string | WrittenRubric;
}

/**
 * A job as an object: the keys of a job file, and values where a file could only name something.
 * @example
 * const input: JobInput = {
 *   items,
 *   panel: [{ provider: 'openai', model: 'gpt-5-mini' }],
 *   rules: [(response) => response.length < 2000 || 'too long'],
 * };
 */
export interface JobInput extends Omit<Written, 'items' | 'rubric' | 'panel' | 'rules' | 'export' | 'store'> {
  readonly items: string | readonly Item[];
  readonly rubric?: string | WrittenRubric;
  readonly panel?: readonly JudgeInput[];
  readonly rules?: readonly (WrittenRule | FunctionRule | RuleFunction)[];
  readonly raters?: readonly Rater[];
  readonly export?: readonly (Omit<WrittenExport, 'format'> & { readonly format?: string | DatasetFormat })[];
  readonly store?: string | RunStore;
}

/**
 * A job with the code that its object carried.
 * @example
 * const job: DefinedJob = await defineJob({ items, panel: [{ provider: 'heuristic' }] });
 */
export interface DefinedJob extends Job {
  readonly parts: Parts;
}

/**
 * Where a job object's relative paths start, and where its `${NAME}` come from.
 * @example
 * const options: DefineOptions = { folder: '/data/jobs', env: { MODEL: 'gpt-5-mini' } };
 */
export interface DefineOptions {
  /** Where relative paths start; default: the working directory. */
  readonly folder?: string;
  /** Replaces `${NAME}` in `base_url` and `model`; default: process.env. */
  readonly env?: Environment;
}

/**
 * A job from an object instead of a YAML file, checked by the same schema.
 * @throws ConfigError that names every wrong member.
 * @example
 * const job = await defineJob({
 *   items: 'items.jsonl',
 *   rubric: 'helpfulness',
 *   panel: [{ provider: 'openai', model: 'gpt-5-mini' }],
 * });
 * const { report } = await runJob(job);
 */
export async function defineJob(input: JobInput, options: DefineOptions = {}): Promise<DefinedJob> {
  checkArgument('options', options, { folder: 'name?', env: 'object?' });
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new ConfigError(`a job must be an object, received ${input === null ? 'null' : typeof input}`);
  }
  const mistakes: Mistake[] = [];
  const taken = takeParts(input, mistakes);
  const source: JobSource = {
    env: options.env ?? process.env,
    mistakes,
    rubrics: taken.rubrics,
    known: {
      providers: withProviders(taken.parts.providers ?? []),
      formats: (taken.parts.formats ?? []).map(({ name }) => name),
      given: taken.given,
    },
  };
  try {
    const file = resolve(options.folder ?? process.cwd(), 'job');
    return { ...(await readJob(valueFile('job', taken.document), file, source)), parts: taken.parts };
  } catch (error) {
    if (!ConfigError.isInstance(error) || error.mistakes.length === 0) throw error;
    const { mistakes: found } = error;
    const text = found.map(({ message, hint }) => (hint === undefined ? message : `${message} (${hint})`));
    throw new ConfigError(`the job cannot be used: ${text.join('; ')}`, found);
  }
}

interface Taken {
  /** What a file would say. */
  readonly document: Readonly<Record<string, unknown>>;
  readonly parts: Parts;
  readonly rubrics: ReadonlyMap<string, Rubric>;
  readonly given: ReadonlySet<'items' | 'raters'>;
}

/** Takes out what no file could hold, and leaves its name. */
function takeParts(input: JobInput, mistakes: Mistake[]): Taken {
  const providers = new Map<string, Provider>();
  const formats = new Map<string, DatasetFormat>();
  const rubrics = new Map<string, Rubric>();
  const rubricName = (value: unknown, place: string): unknown => {
    if (!isObject(value)) return value;
    const found: Mistake[] = [];
    const rubric = rubricOf(valueFile('rubric', value), place.replace(/\W+/g, '-'), found);
    mistakes.push(...found.map((mistake) => ({ ...mistake, message: `${place}: ${mistake.message}` })));
    const name = `${place} of the job`;
    if (rubric !== null) rubrics.set(name, rubric);
    return rubric === null ? undefined : name;
  };
  const { items, rubric, panel, rules, raters, export: exports, store, ...rest } = input;
  const given = new Set<'items' | 'raters'>();
  const functions: FunctionRule[] = [];
  const document: Record<string, unknown> = { ...rest };
  if (rubric !== undefined) document.rubric = rubricName(rubric, 'rubric') ?? 'helpfulness';
  if (Array.isArray(items)) {
    given.add('items');
    document.items = join(typeof input.out === 'string' ? input.out : 'out', 'items.jsonl');
  } else document.items = items;
  if (panel !== undefined) {
    document.panel = !Array.isArray(panel)
      ? panel
      : (panel as readonly JudgeInput[]).map((judge, index) => {
          if (!isObject(judge)) return judge;
          const { provider, rubric: own, ...others } = judge;
          if (isObject(provider)) {
            checkProvider(provider, `panel[${index}].provider`);
            const other = providers.get(provider.name);
            if (other !== undefined && other !== provider) {
              throw new ConfigError(
                `panel[${index}].provider is another provider with the name "${provider.name}"`,
                [],
                { hint: 'make the provider once and give it to each judge, or name the two differently' },
              );
            }
            providers.set(provider.name, provider);
          }
          const name = own === undefined ? undefined : rubricName(own, `panel[${index}].rubric`);
          return {
            ...others,
            ...(provider === undefined ? {} : { provider: isObject(provider) ? provider.name : provider }),
            ...(name === undefined ? {} : { rubric: name }),
          };
        });
  }
  if (rules !== undefined) {
    document.rules = !Array.isArray(rules)
      ? rules
      : (rules as readonly unknown[]).filter((rule, index) => {
          const own = functionRuleOf(rule, index);
          if (own !== null) functions.push(own);
          return own === null;
        });
  }
  if (exports !== undefined) {
    document.export = !Array.isArray(exports)
      ? exports
      : (exports as readonly unknown[]).map((entry, index) => {
          if (!isObject(entry) || !isObject((entry as { format?: unknown }).format)) return entry;
          const format = (entry as unknown as { format: DatasetFormat }).format;
          checkFormat(format, `export[${index}].format`);
          formats.set(format.name, format);
          return { ...entry, format: format.name };
        });
  }
  if (store !== undefined && !isObject(store)) document.store = store;
  if (raters !== undefined && !Array.isArray(raters))
    throw new ConfigError('raters must be a list of raters');
  for (const [index, rater] of (raters ?? []).entries()) checkRater(rater, `raters[${index}]`);
  if (functions.length + (raters ?? []).length > 0) given.add('raters');
  return {
    document,
    rubrics,
    given,
    parts: {
      providers: [...providers.values()],
      formats: [...formats.values()],
      rules: functions,
      raters: raters ?? [],
      ...(Array.isArray(items) ? { items: (items as readonly unknown[]).map(checkedItem) } : {}),
      ...(isObject(store) ? { store } : {}),
    },
  };
}

function functionRuleOf(rule: unknown, index: number): FunctionRule | null {
  const place = `rules[${index}]`;
  if (typeof rule === 'function') {
    const test = rule as RuleFunction;
    return {
      check: 'function',
      id: test.name === '' ? `rule-${index + 1}` : test.name,
      severity: 'penalty',
      test,
    };
  }
  if (!isObject(rule) || (rule as { check?: unknown }).check !== 'function') return null;
  checkRule(rule, place);
  return rule as unknown as FunctionRule;
}

function checkedItem(item: unknown, index: number): Item {
  const place = `items[${index}]`;
  if (!isObject(item)) throw new ConfigError(`${place} must be an object`);
  try {
    return parseItem(item as Record<string, unknown>, place, 1);
  } catch (error) {
    if (!InputError.isInstance(error)) throw error;
    throw new ConfigError(error.message.replace(`${place}:1: `, `${place}: `), [], { cause: error });
  }
}

function isObject<T>(value: T): value is T & object {
  return typeof value === 'object' && value !== null;
}
