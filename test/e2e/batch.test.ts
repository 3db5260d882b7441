import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeBatches, fakeBatches } from '../support/fake-batches.ts';
import { type FakeProvider, startFakeProvider } from '../support/fake-provider.ts';
import { jobYaml, pairs, rubricYaml, Workspace } from '../support/workspace.ts';

let fake: FakeProvider;
let served: FakeBatches;
let workspace: Workspace;
let submitted: () => void;
const submission = new Promise<void>((resolve) => {
  submitted = resolve;
});

beforeEach(async () => {
  served = fakeBatches({
    ledger: () => fake.ledger,
    polls: 2,
    breakAt: (step) => {
      if (step === 'retrieve') submitted();
      return undefined;
    },
  });
  fake = await startFakeProvider({ route: served.route });
  workspace = new Workspace();
  workspace.write('rubric.yaml', rubricYaml('brackets'));
  workspace.writeJsonLines('items.jsonl', pairs(12));
  workspace.write('job.yaml', jobYaml({ baseUrl: fake.openAiUrl, more: 'mode: batch' }));
});

afterEach(async () => {
  workspace.remove();
  await fake.close();
});

it('runs a job in a batch, is interrupted while it waits, and collects the batch when run again', async () => {
  const plan = await workspace.quorate(['plan', 'job.yaml']);
  expect(plan.out).toContain('Called through batch APIs, at a discount and within a day: gpt.');

  const abort = new AbortController();
  void submission.then(() => abort.abort(new DOMException('interrupted', 'AbortError')));
  const interrupted = await workspace.quorate(['run', 'job.yaml'], { signal: abort.signal });
  expect(interrupted.code).toBe(130);
  expect(served.batches.map(({ total }) => total)).toEqual([24]);

  const { code, err } = await workspace.quorate(['run', 'job.yaml']);
  expect(err).toContain('resuming open batches: 1');
  expect(code).toBe(0);
  expect(workspace.votes()).toHaveLength(24);
  expect(served.batches).toHaveLength(1);
  expect(fake.ledger.counts).toMatchObject({ answered: 24, repeated: 0 });
  const report = JSON.parse(workspace.read('out/report.json')) as { cost: { usd: number } };
  expect(report.cost.usd).toBeCloseTo(fake.ledger.counts.usd / 2, 10);
});
