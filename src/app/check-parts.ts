import type { DatasetFormat } from '../datasets/formats/format.ts';
import { ConfigError } from '../domain/errors.ts';
import { ruleSeverities } from '../domain/rule.ts';
import { raterKinds } from '../domain/vote.ts';
import type { Provider } from '../ports/provider.ts';
import type { Rater } from '../ports/rater.ts';
import { withProviders } from '../providers/index.ts';
import type { FunctionRule } from '../raters/rules/function-rule.ts';
import type { Parts } from './parts.ts';

const checks = {
  providers: checkProvider,
  raters: checkRater,
  rules: checkRule,
  formats: checkFormat,
} as const;

/** The members of parts that are lists of code. */
export const partNames = Object.keys(checks) as readonly (keyof typeof checks)[];

/**
 * @param place where the caller put the parts, such as `parts.`; empty for the exports of a module.
 * @throws ConfigError that names the missing or wrong member, or a provider whose name is taken.
 */
export function checkParts(value: unknown, place: string): asserts value is Parts {
  if (typeof value !== 'object' || value === null) {
    throw new ConfigError(`${place.slice(0, -1)} must be an object, received ${describe(value)}`);
  }
  const parts = value as Readonly<Record<string, unknown>>;
  for (const name of partNames) {
    const list = parts[name];
    if (list === undefined) continue;
    if (!Array.isArray(list)) throw new ConfigError(`${place}${name} must be a list`);
    const check: (part: unknown, at: string) => void = checks[name];
    for (const [index, part] of list.entries()) check(part, `${place}${name}[${index}]`);
  }
  withProviders((parts.providers ?? []) as readonly Provider[]);
}

type Kind = 'string' | 'boolean' | 'function' | 'string or null';
type Shape = Readonly<Record<string, Kind>>;

const providerShape: Shape = {
  name: 'string',
  keyEnv: 'string or null',
  needsModel: 'boolean',
  needsBaseUrl: 'boolean',
  modelIsFile: 'boolean',
  isModel: 'boolean',
  runsLocally: 'boolean',
  canReadQuestions: 'boolean',
  canAnswerNewQuestions: 'boolean',
  price: 'function',
  open: 'function',
};
const raterShape: Shape = {
  id: 'string',
  kind: 'string',
  model: 'string or null',
  family: 'string or null',
  fingerprint: 'string',
  tasks: 'function',
  perform: 'function',
};

/** @throws ConfigError that names the missing or wrong member. `place` is where the caller put the provider. */
export function checkProvider(value: unknown, place: string): asserts value is Provider {
  checkShape(value, providerShape, place, 'make it with defineProvider of quorate/providers');
}

export function checkRater(value: unknown, place: string): asserts value is Rater {
  checkShape(value, raterShape, place, 'make it with defineRater of quorate/raters');
  const { kind } = value as unknown as Rater;
  if (!raterKinds.includes(kind)) {
    throw new ConfigError(
      `${place}.kind must be one of ${raterKinds.join(', ')}, received ${JSON.stringify(kind)}`,
    );
  }
}

export function checkRule(value: unknown, place: string): asserts value is FunctionRule {
  checkShape(
    value,
    { id: 'string', severity: 'string', test: 'function' },
    place,
    'make it with defineRule of quorate/raters',
  );
  const { severity } = value as unknown as FunctionRule;
  if (!ruleSeverities.includes(severity)) {
    throw new ConfigError(
      `${place}.severity must be one of ${ruleSeverities.join(', ')}, received ${JSON.stringify(severity)}`,
    );
  }
}

export function checkFormat(value: unknown, place: string): asserts value is DatasetFormat {
  checkShape(
    value,
    { name: 'string', readBy: 'string', row: 'function' },
    place,
    'an export format is {name, readBy, row}',
  );
}

function checkShape(value: unknown, shape: Shape, place: string, hint: string): asserts value is object {
  if (typeof value !== 'object' || value === null) {
    throw new ConfigError(`${place} must be an object, received ${describe(value)}`, [], { hint });
  }
  for (const [member, kind] of Object.entries(shape)) {
    const found = (value as Readonly<Record<string, unknown>>)[member];
    const fits =
      kind === 'string or null' ? found === null || typeof found === 'string' : typeof found === kind;
    if (!fits || found === '') {
      throw new ConfigError(`${place}.${member} must be a ${kind}, received ${describe(found)}`, [], {
        hint,
      });
    }
  }
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  return value === '' ? 'an empty string' : typeof value;
}
