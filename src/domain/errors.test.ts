import { expect, expectTypeOf, test } from 'vitest';
import { BudgetError, ConfigError, InputError, QuorateError, StoreError } from './errors.ts';
import { ProviderError } from './provider-error.ts';

const errors = {
  config: new ConfigError('x'),
  input: new InputError('f', 1, 'x'),
  store: new StoreError('x'),
  provider: new ProviderError('rate', 'x', { provider: 'p', model: 'm' }),
  budget: new BudgetError('run', 1, 'x'),
};
const classes = {
  config: ConfigError,
  input: InputError,
  store: StoreError,
  provider: ProviderError,
  budget: BudgetError,
};

test.each(Object.keys(errors) as (keyof typeof errors)[])(
  'isInstance knows a %s error by its class',
  (kind) => {
    expect(QuorateError.isInstance(errors[kind])).toBe(true);
    const matching = Object.entries(classes).filter(([, one]) => one.isInstance(errors[kind]));
    expect(matching.map(([name]) => name)).toEqual([kind]);
  },
);

test('isInstance refuses other errors and other values, and narrows the type', () => {
  for (const value of [new Error('x'), null, undefined, 'config', { code: 'config' }]) {
    expect(ConfigError.isInstance(value)).toBe(false);
  }
  const error: unknown = errors.config;
  if (ConfigError.isInstance(error)) expectTypeOf(error).toEqualTypeOf<ConfigError>();
});
