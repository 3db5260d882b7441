import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { ada, draft, gateReport, registerVersions } from '../../test/support/registry-parts.ts';
import type { RegistryEntry } from '../domain/model-version.ts';
import { MemoryRegistry } from '../store/memory/memory-registry.ts';
import { knownVersion, RegistryError } from './change-model.ts';
import { diffVersions } from './diff-versions.ts';
import { modelState } from './model-state.ts';
import { type PromotionRequest, promoteVersion } from './promote-version.ts';
import { registerVersion } from './register-version.ts';
import { rollBack } from './roll-back.ts';

let histories: Map<string, readonly RegistryEntry[]>;
let registry: MemoryRegistry;
beforeEach(() => {
  histories = new Map();
  registry = new MemoryRegistry(histories);
});

const state = async () => modelState('bot', await registry.history('bot'));
const promote = (version: string, more: Partial<PromotionRequest> = {}) =>
  promoteVersion(registry, 'bot', { version, to: 'production', reason: 'because', ...more }, ada);

describe('registerVersion', () => {
  it('numbers versions and makes them candidates', async () => {
    await registerVersions(registry, 2);
    expect((await state()).versions).toMatchObject([
      { version: '1', stage: 'candidate', served_as: 'bot:1', by: 'ada' },
      { version: '2', stage: 'candidate', served_as: 'bot:2' },
    ]);
  });

  it('registers a key once', async () => {
    const first = await registerVersion(registry, 'bot', draft({ key: 'training-1' }), ada);
    const again = await registerVersion(registry, 'bot', draft({ key: 'training-1' }), ada);
    expect(again).toEqual(first);
    expect((await state()).versions).toHaveLength(1);
  });

  it('rejects a duplicate served_as and invalid names', async () => {
    await registerVersion(registry, 'bot', draft({ served_as: 'x' }), ada);
    await expect(registerVersion(registry, 'bot', draft({ served_as: 'x' }), ada)).rejects.toThrow(
      /version 1 of "bot" is already served as "x"/,
    );
    await expect(registerVersion(registry, 'a b', draft(), ada)).rejects.toThrow(RegistryError);
  });
});

describe('promoteVersion', () => {
  it('promotes the first version without a gate', async () => {
    await registerVersions(registry, 1);
    expect(await promote('1')).toMatchObject({ promoted: true, replaced: null });
    expect((await state()).production?.moves.at(-1)).toMatchObject({
      basis: { kind: 'first' },
      reason: 'because',
      by: 'ada',
    });
  });

  it('requires a passed gate of this version against the one in production', async () => {
    await registerVersions(registry, 3);
    await promote('1');
    expect(await promote('2')).toMatchObject({ promoted: false, answer: null });
    expect(await promote('2', { report: gateReport('2', '3') })).toMatchObject({
      promoted: false,
      why: expect.stringMatching(/no gate against version 1.*was against version 3/),
    });
    expect(await promote('2', { report: gateReport('2', '1') })).toMatchObject({
      promoted: true,
      replaced: '1',
    });
    const { versions, production } = await state();
    expect(production?.version).toBe('2');
    expect(knownVersion(await state(), '1').stage).toBe('archived');
    expect(versions.filter(({ stage }) => stage === 'production')).toHaveLength(1);
  });

  it('records a failed and an inconclusive gate, and promotes neither', async () => {
    await registerVersions(registry, 2);
    await promote('1');
    for (const answer of ['inconclusive', 'fail'] as const) {
      expect(await promote('2', { report: gateReport('2', '1', answer) })).toMatchObject({
        promoted: false,
        answer,
      });
    }
    expect(knownVersion(await state(), '2').gates.map(({ answer }) => answer)).toEqual([
      'inconclusive',
      'fail',
    ]);
  });

  it('uses the latest gate, not the best one', async () => {
    await registerVersions(registry, 2);
    await promote('1');
    const stage = { to: 'staging' } as const;
    await promote('2', { ...stage, report: gateReport('2', '1', 'pass') });
    expect(await promote('2', { report: gateReport('2', '1', 'fail') })).toMatchObject({ answer: 'fail' });
  });

  it('ignores a gate against a version that is no longer in production', async () => {
    await registerVersions(registry, 3);
    await promote('1');
    const old = gateReport('3', '1');
    await promote('3', { to: 'staging', report: old });
    await promote('2', { report: gateReport('2', '1') });
    expect(await promote('3')).toMatchObject({ promoted: false, answer: null });
  });

  it('rejects a report about another model', async () => {
    await registerVersions(registry, 2);
    await promote('1');
    await expect(promote('2', { report: gateReport('1', '2') })).rejects.toThrow(/evaluates "bot:1"/);
    await expect(promote('2', { report: gateReport('2', '9') })).rejects.toThrow(/not a version of "bot"/);
  });

  it('records an override with name and reason', async () => {
    await registerVersions(registry, 2);
    await promote('1');
    await promote('2', { override: true, reason: 'the old one leaks data' });
    expect((await state()).production?.moves.at(-1)).toMatchObject({
      basis: { kind: 'override' },
      by: 'ada',
      reason: 'the old one leaks data',
    });
  });

  it('rejects invalid requests', async () => {
    await registerVersions(registry, 1);
    await promote('1');
    await expect(promote('1')).rejects.toThrow(/already in production/);
    await expect(promote('1', { to: 'archived' })).rejects.toThrow(/is in production/);
    await expect(promote('7')).rejects.toThrow(/no version 7/);
    await expect(promote('1', { reason: ' ' })).rejects.toThrow(/needs a reason/);
  });

  it('promotes only one of two concurrent requests, overrides included', async () => {
    await registerVersions(registry, 3);
    await promote('1');
    const outcomes = await Promise.all(['2', '3'].map((version) => promote(version, { override: true })));
    expect(outcomes.map(({ promoted }) => promoted).sort()).toEqual([false, true]);
    const refused = outcomes.find(({ promoted }) => !promoted);
    expect(refused).toMatchObject({ answer: null, why: expect.stringContaining('changed concurrently') });
    const report = gateReport('1', (await state()).production!.version);
    const same = await Promise.all([promote('1', { report }), promote('1', { report })]);
    expect(same.map(({ promoted }) => promoted).sort()).toEqual([false, true]);
  });
});

describe('rollBack', () => {
  it('goes back one version at a time, and forward again only through promotion', async () => {
    await registerVersions(registry, 3);
    await promote('1');
    await promote('2', { report: gateReport('2', '1') });
    await promote('3', { report: gateReport('3', '2') });
    const back = () => rollBack(registry, 'bot', { reason: 'complaints' }, ada);
    expect((await back()).to.version).toBe('2');
    expect((await back()).to.version).toBe('1');
    await expect(back()).rejects.toThrow(/no earlier version/);
    expect((await state()).production?.moves.at(-1)).toMatchObject({ basis: { kind: 'rollback' } });
  });

  it('takes one step for two concurrent requests', async () => {
    await registerVersions(registry, 3);
    await promote('1');
    await promote('2', { override: true });
    await promote('3', { override: true });
    const back = () => rollBack(registry, 'bot', { reason: 'complaints' }, ada);
    const outcomes = await Promise.allSettled([back(), back()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await state()).production?.version).toBe('2');
  });
});

it('keeps at most one version in production, and explains every stage by the history', async () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('register' as const) }),
    fc.record({
      do: fc.constant('promote' as const),
      version: fc.integer({ min: 1, max: 5 }),
      to: fc.constantFrom('production', 'staging', 'archived'),
      gate: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
      override: fc.boolean(),
    }),
    fc.record({ do: fc.constant('rollback' as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      registry = new MemoryRegistry();
      for (const next of steps) {
        const work = async () => {
          if (next.do === 'register') return registerVersions(registry, 1);
          if (next.do === 'rollback') return rollBack(registry, 'bot', { reason: 'r' }, ada);
          const version = String(next.version);
          const report = next.gate === undefined ? undefined : gateReport(version, String(next.gate));
          return promote(version, { to: next.to, report, override: next.override });
        };
        await work().catch((error) => {
          if (!(error instanceof RegistryError)) throw error;
        });
        const { versions, production } = await state();
        const serving = versions.filter(({ stage }) => stage === 'production');
        expect(serving.map(({ version }) => version)).toEqual(
          production === null ? [] : [production.version],
        );
        for (const { moves, stage } of versions) {
          expect(moves.at(-1)?.to ?? 'candidate').toBe(stage);
          moves.forEach(({ from }, index) => void expect(from).toBe(moves[index - 1]?.to ?? 'candidate'));
        }
      }
    }),
    { numRuns: 60 },
  );
});

it('diffVersions lists changed fields, with the difference of numbers', async () => {
  await registerVersion(
    registry,
    'bot',
    draft({ lineage: { dataset_hash: 'a', training_config: { lr: 1, steps: 5 } }, metrics: { loss: 0.5 } }),
    ada,
  );
  await registerVersion(
    registry,
    'bot',
    draft({ lineage: { dataset_hash: 'b', training_config: { lr: 1 } }, metrics: { loss: 0.25 } }),
    ada,
  );
  const [one, two] = (await state()).versions;
  expect(diffVersions(one!, two!)).toEqual([
    { field: 'lineage.dataset_hash', before: 'a', after: 'b' },
    { field: 'lineage.training_config.steps', before: 5, after: null },
    { field: 'metrics.loss', before: 0.5, after: 0.25, difference: -0.25 },
    { field: 'served_as', before: 'bot:1', after: 'bot:2' },
  ]);
});
