import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeBehaviour, type FakeProvider, startFakeProvider } from '../support/fake-provider.ts';
import { jobYaml, pairs, rubricYaml, Workspace } from '../support/workspace.ts';

// Waiting takes no time here: the clock jumps. How long a wait should be is tested with the retry policy.
vi.mock('../../src/app/system-clock.ts', () => import('../support/jumping-clock.ts'));

describe('quorate run with a server that is not as it should be', () => {
  let workspace: Workspace;
  let fake: FakeProvider;
  let behaviour: FakeBehaviour | undefined;

  beforeEach(async () => {
    behaviour = undefined;
    workspace = new Workspace();
    fake = await startFakeProvider({ behave: () => behaviour, keys: ['a-key'], models: ['fake-model'] });
    workspace.write('rubric.yaml', rubricYaml('brackets'));
    workspace.writeJsonLines('items.jsonl', pairs(2));
    workspace.write('job.yaml', job());
  });

  afterEach(async () => {
    await fake.close();
    workspace.remove();
  });

  const job = (timeoutMs = 60_000) => jobYaml({ baseUrl: fake.openAiUrl, judge: `timeout_ms: ${timeoutMs}` });

  it('says which key is missing', async () => {
    const { code, err } = await workspace.quorate(['run', 'job.yaml'], { env: {} });
    expect(err).toMatch(/FAKE_KEY is not set/);
    expect(code).toBe(4);
    expect(fake.ledger.counts.calls).toBe(0);
  });

  it('stops at a wrong key, and never shows it', async () => {
    const { code, err } = await workspace.quorate(['run', 'job.yaml'], {
      env: { FAKE_KEY: 'sk-wrong-secret' },
    });
    expect(code).toBe(4);
    expect(err).not.toContain('sk-wrong-secret');
  });

  it('stops at a model that does not exist', async () => {
    workspace.writeJsonLines('items.jsonl', pairs(50));
    workspace.write('job.yaml', job().replace('model: fake-model', 'model: made-up'));
    const { code, err } = await workspace.quorate(['run', 'job.yaml', '--concurrency', '1']);
    expect(err).toMatch(/made-up/);
    expect(code).toBe(5);
    expect(fake.ledger.counts.answered).toBe(0);
  });

  const failures: readonly (readonly [name: string, behaviour: FakeBehaviour, reason: string])[] = [
    ['hangs', { does: 'hang' }, 'timeout'],
    ['closes the connection in the middle of a body', { does: 'cut' }, '(bad_reply|network)'],
    ['closes the connection before any answer', { does: 'drop' }, 'network'],
    ['sends HTML', { does: 'html' }, 'bad_reply'],
    ['sends half of a JSON', { does: 'invalid-json' }, 'bad_reply'],
    ['sends 200 with an error for a body', { does: 'error-in-200' }, '(bad_reply|overloaded|bad_request)'],
    ['sends 429 for ever', { does: 'refuse', status: 429, headers: { 'retry-after': '1' } }, 'rate'],
    ['is overloaded for ever', { does: 'refuse', status: 529 }, 'overloaded'],
  ];

  it.each(failures)(
    'makes error votes when it %s, and asks again when it is well',
    async (_name, does, reason) => {
      behaviour = does;
      // only who hangs is waited for: a busy machine is not to look like one that hangs
      if (does === failures[0]![1]) workspace.write('job.yaml', job(300));
      const ill = await workspace.quorate(['run', 'job.yaml']);
      expect(ill.code).toBe(5);
      expect(ill.err).toMatch(new RegExp(`gpt without a verdict: 4 ${reason}`));
      expect(ill.err).toMatch(/Next: quorate run job\.yaml --retry-errors/);
      expect(workspace.votes().map(({ outcome }) => outcome)).toEqual(['error', 'error', 'error', 'error']);
      behaviour = undefined;
      // Unless asked to, a run does not ask again what failed.
      expect((await workspace.quorate(['run', 'job.yaml'])).err).toMatch(/0 calls made/);
      const well = await workspace.quorate(['run', 'job.yaml', '--retry-errors']);
      expect(well.code).toBe(0);
      expect(well.err).toMatch(/4 calls made/);
      expect(workspace.votes().every(({ outcome }) => outcome === 'verdict')).toBe(true);
    },
  );

  it('gives up a server that fails question after question, and loses nothing', async () => {
    workspace.writeJsonLines('items.jsonl', pairs(100));
    behaviour = { does: 'html' };
    const { code, err } = await workspace.quorate(['run', 'job.yaml']);
    expect(code).toBe(5);
    expect(err).toMatch(/20 questions in a row failed/);
    expect(fake.ledger.counts.calls).toBeLessThan(400);
    behaviour = undefined;
    const well = await workspace.quorate(['run', 'job.yaml', '--retry-errors']);
    expect(well.code).toBe(0);
    expect(workspace.votes()).toHaveLength(200);
  });

  it('refuses a second process on the same run; another run may use the same store', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = await startFakeProvider({ behave: () => held.then(() => undefined) });
    workspace.write('job.yaml', jobYaml({ baseUrl: slow.openAiUrl, more: 'name: night' }));
    const first = workspace.quorate(['run', 'job.yaml']);
    await vi.waitUntil(() => slow.ledger.counts.calls === 4, { timeout: 20_000 });
    const second = await workspace.quorate(['run', 'job.yaml']);
    expect(second.code).toBe(2);
    expect(second.err).toMatch(/run "night" is already being worked on by process \d+/);
    workspace.write('other.yaml', jobYaml({ baseUrl: fake.openAiUrl, more: 'name: day\nout: day' }));
    expect((await workspace.quorate(['run', 'other.yaml'])).code).toBe(0);
    release();
    expect((await first).code).toBe(0);
    expect(slow.ledger.counts).toMatchObject({ answered: 4, repeated: 0 });
    await slow.close();
  });

  it('stops cleanly when it is interrupted: what is in flight is recorded', async () => {
    const abort = new AbortController();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = await startFakeProvider({ behave: () => held.then(() => undefined) });
    workspace.writeJsonLines('items.jsonl', pairs(20));
    workspace.write('job.yaml', jobYaml({ baseUrl: slow.openAiUrl, more: 'concurrency: 4' }));
    const running = workspace.quorate(['run', 'job.yaml'], { signal: abort.signal });
    await vi.waitUntil(() => slow.ledger.counts.inFlight === 4, { timeout: 20_000 });
    abort.abort(new DOMException('interrupted', 'AbortError'));
    release();
    const { code, err } = await running;
    expect(code).toBe(130);
    expect(err).toMatch(/Interrupted\. The same command continues where it stopped\./);
    expect(slow.ledger.counts.answered).toBe(4);
    expect((await workspace.quorate(['run', 'job.yaml'])).code).toBe(0);
    expect(slow.ledger.counts).toMatchObject({ answered: 40, repeated: 0 });
    await slow.close();
  });
});
