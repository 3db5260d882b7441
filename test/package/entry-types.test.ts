// Types that users of the package build on: `npm run check:types` fails where one changes.
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  BudgetError,
  ConfigError,
  type DatasetFormat,
  type DefinedJob,
  defineJob,
  type GateOutcome,
  type Item,
  type JobInput,
  type JudgedPair,
  judgePairs,
  type loadJob,
  measureAgreement,
  type Preference,
  ProviderError,
  planJob,
  type RunOutcome,
  reconcile,
  runGate,
  runJob,
  type Vote,
} from '../../src/public/index.ts';
import { defineProvider, fromAiSdk, type Provider } from '../../src/public/providers.ts';
import {
  defineRater,
  defineRule,
  type FunctionRule,
  type ParsedVerdict,
  parseVerdict,
  type Rater,
} from '../../src/public/raters.ts';
import type { createFeedbackHandler } from '../../src/public/server.ts';
import { MemoryStore, openSqliteStore, type RunStore } from '../../src/public/stores.ts';
import { type Check, raterContract, scriptedModel, storeContract } from '../../src/public/testing.ts';

/** Never called: its body is only typed. */
const typed = (_program: () => unknown): void => {};

describe('the main entry', () => {
  it('takes a job as an object and gives values, not exit codes', () => {
    expectTypeOf(defineJob).returns.resolves.toEqualTypeOf<DefinedJob>();
    expectTypeOf<DefinedJob>().toExtend<Awaited<ReturnType<typeof loadJob>>>();
    expectTypeOf(runJob).returns.resolves.toEqualTypeOf<RunOutcome>();
    expectTypeOf(planJob).returns.resolves.toHaveProperty('raters');
    expectTypeOf(runGate).returns.resolves.toEqualTypeOf<GateOutcome>();
    expectTypeOf(judgePairs).returns.resolves.toEqualTypeOf<readonly JudgedPair[]>();
    expectTypeOf<JudgedPair['preferred']>().toEqualTypeOf<'a' | 'b' | null>();
  });

  it('refuses wrong members where types are checked', () => {
    typed(() => [
      // @ts-expect-error a pair needs both responses
      judgePairs({ judge: { provider: 'heuristic' }, pairs: [{ prompt: 'p', a: 'x' }] }),
      // @ts-expect-error a panel is a list
      defineJob({ items: 'items.jsonl', panel: { provider: 'heuristic' } }),
      // @ts-expect-error a job is loaded or defined, not a path
      runJob('job.yaml'),
    ]);
    expectTypeOf<JobInput['items']>().toEqualTypeOf<string | readonly Item[]>();
  });

  it('analyses records from arrays, streams and paths', () => {
    typed(async () => {
      const votes: Vote[] = [];
      const { preferences } = await reconcile({ votes });
      expectTypeOf(preferences).toEqualTypeOf<readonly Preference[]>();
      await measureAgreement({ votes: 'votes.jsonl', labels: votes });
    });
  });

  it('narrows errors by class', () => {
    const error: unknown = new ConfigError('wrong');
    expect(ConfigError.isInstance(error)).toBe(true);
    expect(BudgetError.isInstance(error)).toBe(false);
    if (ProviderError.isInstance(error)) expectTypeOf(error.kind).toExtend<string>();
    if (BudgetError.isInstance(error)) expectTypeOf(error.limitUsd).toEqualTypeOf<number>();
  });
});

describe('parts of a caller', () => {
  it('are providers, raters, rules, formats and stores of the same types as the shipped ones', () => {
    const provider = defineProvider({ name: 'mine', open: async () => scriptedModel(() => 'A') });
    expectTypeOf(provider).toEqualTypeOf<Provider>();
    const rater = defineRater({
      id: 'shorter',
      compare: (a, b) => (a.length < b.length ? 'first' : 'second'),
    });
    expectTypeOf(rater).toExtend<Rater>();
    const rule = defineRule({ id: 'polite', test: (response) => response.includes('please') });
    expectTypeOf(rule).toEqualTypeOf<FunctionRule>();
    expectTypeOf<DatasetFormat>().toHaveProperty('name');
    expectTypeOf<MemoryStore>().toExtend<RunStore>();
    expectTypeOf(openSqliteStore).returns.toExtend<RunStore | Promise<RunStore>>();
    typed(() =>
      defineJob({
        items: [],
        panel: [{ provider }],
        raters: [rater],
        rules: [rule],
        store: new MemoryStore(),
      }),
    );
    typed(() =>
      fromAiSdk({
        specificationVersion: 'v2',
        provider: 'p',
        modelId: 'm',
        doGenerate: async () => ({ content: [{ type: 'text', text: 'A' }], finishReason: 'stop' }),
      }),
    );
    expect(provider.name).toBe('mine');
  });

  it('are checked by contracts that any test runner can run', () => {
    expectTypeOf(raterContract).returns.toExtend<readonly Check[]>();
    expectTypeOf(storeContract).returns.toExtend<readonly Check[]>();
  });
});

describe('verdicts and the server', () => {
  it('a verdict is a position, a score, a tie or an abstention with its reason', () => {
    const parsed = parseVerdict('[[A]]', 'brackets');
    expectTypeOf(parsed).toEqualTypeOf<ParsedVerdict>();
    if (parsed.outcome === 'abstain') expectTypeOf(parsed.reason).toExtend<string>();
    expect(parsed).toEqual({ outcome: 'verdict', position: 'first' });
  });

  it('the server is a Fetch handler', () => {
    expectTypeOf<Awaited<ReturnType<typeof createFeedbackHandler>>['fetch']>().toBeCallableWith(
      new Request('http://localhost/'),
    );
  });
});
