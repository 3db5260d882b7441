import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunReport } from '../../src/app/write-results.ts';
import { type FakeProvider, type FakeProviderOptions, startFakeProvider } from '../support/fake-provider.ts';
import { jobYaml, pairs, rubricYaml, Workspace } from '../support/workspace.ts';

// Waiting takes no time here: the clock jumps.
vi.mock('../../src/app/system-clock.ts', () => import('../support/jumping-clock.ts'));

let workspace: Workspace;
let fake: FakeProvider | null = null;
beforeEach(() => {
  workspace = new Workspace();
});
afterEach(async () => {
  await fake?.close();
  workspace.remove();
});

async function run(behave: NonNullable<FakeProviderOptions['behave']>, judges = ['one']) {
  fake = await startFakeProvider({ behave });
  workspace.writeJsonLines('items.jsonl', pairs(4));
  workspace.write('rubric.yaml', rubricYaml('json'));
  workspace.write('job.yaml', jobYaml({ baseUrl: fake.openAiUrl, judges }));
  const ran = await workspace.quorate(['run', 'job.yaml']);
  const report = JSON.parse(workspace.read('out/report.json')) as RunReport;
  return { ...ran, warnings: report.judge_warnings.map(({ rater, warning }) => `${rater} ${warning}`) };
}

describe('the summary of a run', () => {
  it('fails a judge that gave no verdict, and points at a raw reply', async () => {
    const { code, err, warnings } = await run(() => 'I would rather talk about the weather.');
    expect(warnings).toEqual(['one no_verdict']);
    expect(code).toBe(3);
    expect(err).toContain('warning: one gave no verdict in 8 votes');
    expect(err).toContain('Next: quorate explain i0 --job job.yaml');
  });

  it('asks for thinking_tokens where every reply was cut off', async () => {
    const { code, err } = await run(() => ({ text: '', finish: 'length' }));
    expect(code).toBe(3);
    expect(err).toContain('thinking_tokens: 4000');
  });

  it('fails when one judge of two could not be asked at all', async () => {
    const { code, warnings } = await run(
      ({ model }, call) => (call % 2 === 0 && model ? { does: 'refuse', status: 400 } : undefined),
      ['one'],
    );
    expect([code, warnings]).toEqual([0, []]);
    workspace.remove();
    workspace = new Workspace();
    await fake?.close();
    const all = await run(() => ({ does: 'refuse', status: 400 }));
    expect([all.code, all.warnings]).toEqual([5, ['one no_verdict']]);
  });

  it('names every model that answered', async () => {
    const { code, err } = await run((_question, call) => ({
      text: '{"reason":"x","verdict":"A"}',
      model: call > 3 ? 'fallback-2' : 'fake-model',
    }));
    expect(code).toBe(0);
    expect(err).toMatch(/2 models answered: fallback-2 \(\d\), fake-model \(\d\)/);
    expect(err).toContain('preferred the first response in 8 of 8 verdicts');
  });
});
