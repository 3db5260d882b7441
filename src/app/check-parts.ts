import type { DatasetFormat } from '../datasets/formats/format.ts';
import { checkArgument, type Shape } from '../domain/check-argument.ts';
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
  checkArgument(place.slice(0, -1), value, 'object');
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

const providerShape: Shape = {
  name: 'name',
  keyEnv: 'name or null',
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
  id: 'name',
  kind: 'name',
  model: 'name or null',
  family: 'name or null',
  fingerprint: 'name',
  tasks: 'function',
  perform: 'function',
};

/** @throws ConfigError that names the missing or wrong member. `place` is where the caller put the provider. */
export function checkProvider(value: unknown, place: string): asserts value is Provider {
  checkArgument(place, value, providerShape, 'make it with defineProvider of quorate/providers');
}

export function checkRater(value: unknown, place: string): asserts value is Rater {
  checkArgument(place, value, raterShape, 'make it with defineRater of quorate/raters');
  const { kind } = value as unknown as Rater;
  if (!raterKinds.includes(kind)) {
    throw new ConfigError(
      `${place}.kind must be one of ${raterKinds.join(', ')}, received ${JSON.stringify(kind)}`,
    );
  }
}

export function checkRule(value: unknown, place: string): asserts value is FunctionRule {
  checkArgument(
    place,
    value,
    { id: 'name', severity: 'name', test: 'function' },
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
  checkArgument(
    place,
    value,
    { name: 'name', readBy: 'name', row: 'function' },
    'an export format is {name, readBy, row}',
  );
}
