import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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

async function set(behave?: FakeProviderOptions['behave'], more = '', items = 6) {
  fake = await startFakeProvider(behave === undefined ? {} : { behave });
  workspace.writeJsonLines('items.jsonl', pairs(items));
  workspace.write('rubric.yaml', rubricYaml('json'));
  workspace.write('job.yaml', jobYaml({ baseUrl: fake.openAiUrl, more: `concurrency: 1\n${more}` }));
}
const run = (...flags: string[]) => workspace.quorate(['run', 'job.yaml', ...flags]);
const report = () => JSON.parse(readFileSync(workspace.path('out/report.json'), 'utf8'));

describe('what a run says', () => {
  it('judges the first items with --limit, and the rest without it', async () => {
    await set();
    const plan = await workspace.quorate(['plan', 'job.yaml', '--limit', '2', '--json']);
    expect(JSON.parse(plan.out)).toMatchObject({ items: 2, tasks: 2 });
    expect((await run('--limit', '2')).code).toBe(0);
    expect(fake!.ledger.counts.calls).toBe(4);
    expect(report()).toMatchObject({ items: 2, complete: true });
    expect((await run()).code).toBe(0);
    expect(fake!.ledger.counts.calls).toBe(12);
    expect(report()).toMatchObject({ items: 6 });
    expect((await run('--limit', '0')).code).toBe(2);
  });

  it('says that all votes are from earlier when there is nothing left to ask', async () => {
    await set();
    await run();
    expect((await run()).err).toContain('0 calls made, 12 votes from earlier');
  });

  it('writes what is complete when the quota ends, and continues', async () => {
    await set((_question, call) =>
      call > 5 ? { does: 'refuse', status: 429, code: 'insufficient_quota' } : undefined,
    );
    const { code, err } = await run();
    expect(code).toBe(5);
    expect(err).toMatch(/results of \d of 6 items/);
    expect(workspace.votes().length).toBeGreaterThanOrEqual(4);
    expect(report()).toMatchObject({ complete: false });
  });

  it('writes what is complete when it is interrupted', async () => {
    const abort = new AbortController();
    await set((_question, call) => {
      if (call === 5) abort.abort(new DOMException('interrupted', 'AbortError'));
      return undefined;
    });
    const { code } = await workspace.quorate(['run', 'job.yaml'], { signal: abort.signal });
    expect(code).toBe(130);
    expect(workspace.votes().length).toBeGreaterThanOrEqual(4);
  });

  it('writes nothing when it stops before the first item', async () => {
    await set(() => ({ does: 'refuse', status: 401 }));
    expect((await run()).code).toBe(4);
    expect(existsSync(workspace.path('out/report.json'))).toBe(false);
  });

  it('names the cause first when every call failed', async () => {
    await set(() => ({ does: 'refuse', status: 400, message: 'no such setting' }));
    const { code, err } = await run();
    expect(code).toBe(5);
    expect(err.trim().split('\n')[0]).toMatch(/every call failed, the last: .*no such setting/);
  });

  it('names the limit of an item where that is too small for both orders, and pays nothing', async () => {
    await set(undefined, 'budget: {per_item_usd: 0.0005}\n');
    const { code, err } = await run();
    expect(code).toBe(6);
    expect(fake!.ledger.counts.calls).toBe(0);
    expect(err).toMatch(/raise `budget: \{per_item_usd: …\}` \(now \$0\.0005\) to at least \$0\.\d+/);
    expect(err).not.toContain('--max-usd');
  });

  it('says what can help where no pair is accepted', async () => {
    await set(() => '{"reason":"x","verdict":"A"}');
    const { err } = await run();
    expect(err).toMatch(/No pair is accepted\. What can help: give labels .*; add a judge of another family/);
  });
});
