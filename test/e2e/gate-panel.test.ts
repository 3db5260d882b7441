import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GateResult } from '../../src/domain/gate.ts';
import { type FakeProvider, startFakeProvider } from '../support/fake-provider.ts';
import { responses } from '../support/gate-parts.ts';
import { jobYaml, rubricYaml, Workspace } from '../support/workspace.ts';

/** The judge prefers the better text of the two, whichever order it sees them in. */
function verdictOn(prompt: string): string {
  const place = (text: string) => prompt.lastIndexOf(text);
  const [good, poor] = [place('a good answer'), place('a poor answer')];
  return good < 0 || poor < 0 ? '[[C]]' : good < poor ? '[[A]]' : '[[B]]';
}

let fake: FakeProvider;
let workspace: Workspace;
const count = 100;
const good = (index: number) => `${index}: a good answer`;
const poor = (index: number) => `${index}: a poor answer`;

beforeEach(async () => {
  fake = await startFakeProvider({ behave: ({ prompt }) => `Weighed. ${verdictOn(prompt)}` });
  workspace = new Workspace();
  workspace.write('rubric.yaml', rubricYaml('brackets'));
  writeGate();
  workspace.writeJsonLines(
    'old.jsonl',
    responses(count, 'old', (index) => (index % 2 ? good(index) : poor(index))),
  );
  workspace.writeJsonLines(
    'new.jsonl',
    responses(count, 'new', (index) => `New ${good(index)}`),
  );
});
afterEach(async () => {
  workspace.remove();
  await fake.close();
});

/** Any job file is a gate file; what it says about items is not looked at. */
function writeGate(more = ''): void {
  workspace.write(
    'gate.yaml',
    jobYaml({ baseUrl: fake.openAiUrl, more }).replace('items: items.jsonl\n', ''),
  );
}

async function gate(...more: readonly string[]) {
  const sides = ['--candidate', 'new.jsonl', '--baseline', 'old.jsonl', '--gate', 'gate.yaml'];
  const ran = await workspace.quorate(['gate', ...sides, '--json', ...more]);
  return { ...ran, result: ran.out === '' ? null : (JSON.parse(ran.out) as GateResult) };
}

describe('quorate gate with a panel', () => {
  it('asks about every pair in both orders, once: a second gate costs nothing and gives the same result', async () => {
    const first = await gate();
    expect(first.code).toBe(0);
    expect(fake.ledger.counts).toMatchObject({ answered: 2 * count, repeated: 0 });
    expect(first.result).toMatchObject({ has_llm_judge: true, rubrics: [{ id: 'test', version: '1' }] });
    expect(first.result!.cost_usd).toBeCloseTo(fake.ledger.counts.usd, 10);
    expect(first.result!.criteria[0]!.measured!.improvement).toBeCloseTo(0.25, 10);
    const second = await gate();
    expect(fake.ledger.counts.answered).toBe(2 * count);
    expect(second.out).toBe(first.out);
  });

  it('stops a sequential gate early on a clear pass and a clear fail', async () => {
    writeGate('sequential: { batch: 20 }');
    const better = await gate('--sequential');
    expect(better.result).toMatchObject({ answer: 'pass', sequential: { stopped_early: true } });
    const asked = better.result!.sequential!.items_judged;
    expect(asked).toBeLessThan(count);
    expect(fake.ledger.counts.answered).toBe(2 * asked);

    workspace.writeJsonLines(
      'new.jsonl',
      responses(count, 'new', (index) => `New ${poor(index)}`),
    );
    const worse = await gate('--sequential');
    expect(worse.code).toBe(1);
    expect(worse.result!.sequential!.items_judged).toBeLessThan(count);
  });

  it('pays only for unjudged items when it continues a sequential gate', async () => {
    const { result } = await gate('--sequential');
    const whole = await gate();
    expect(result!.sequential!.items_judged).toBeLessThan(count);
    expect(whole.result!.counts.items).toBe(count);
    expect(fake.ledger.counts).toMatchObject({ answered: 2 * count, repeated: 0 });
  });

  it('ends a sequential gate with a broken floor before the first paid call', async () => {
    writeGate('rules:\n  - { id: clean, check: mentions, none: [poor], severity: veto }');
    workspace.writeJsonLines(
      'new.jsonl',
      responses(count, 'new', (index) => `New ${poor(index)}`),
    );
    const { code, result } = await gate('--sequential');
    expect(code).toBe(1);
    expect(result!.reasons[0]).toMatch(
      /^floor safety_flags: 100 of 100 \(100\.0 %\), baseline 50 of 100: worse than the baseline/,
    );
    expect(fake.ledger.counts.calls).toBe(0);
    expect(result!.regressions[0]!.reasons[0]).toMatch(/^clean: /);
  });

  it('is inconclusive when the budget is spent, and continues with a larger one', async () => {
    const poorer = await gate('--max-usd', '0.01');
    expect(poorer.code).toBe(6);
    expect(poorer.result!.answer).toBe('inconclusive');
    const before = fake.ledger.counts.answered;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(2 * count);
    expect((await gate('--max-usd', '1')).code).toBe(0);
    expect(fake.ledger.counts).toMatchObject({ answered: 2 * count, repeated: 0 });
  });

  it('is inconclusive if the panel cannot answer', async () => {
    await fake.close();
    fake = await startFakeProvider({ behave: () => 'I would rather not say.' });
    writeGate();
    const { code, result } = await gate();
    expect(code).toBe(3);
    expect(result!.counts).toMatchObject({ abstentions: 2 * count, without_votes: count });
    expect(result!.reasons[0]).toMatch(/^the panel is not quorate/);
  });

  it('rejects a baseline of another rubric version before the first call', async () => {
    const recorded = await workspace.quorate([
      'gate',
      '--candidate',
      'old.jsonl',
      '--gate',
      'gate.yaml',
      '--baseline-out',
      'base.json',
    ]);
    expect(recorded.code).toBe(0);
    const held = ['gate', '--candidate', 'new.jsonl', '--baseline', 'base.json', '--gate', 'gate.yaml'];
    expect((await workspace.quorate(held)).code).toBe(0);
    const calls = fake.ledger.counts.calls;
    workspace.write('rubric.yaml', rubricYaml('brackets').replace('version: "1"', 'version: "2"'));
    const { code, err } = await workspace.quorate(held);
    expect(code).toBe(2);
    expect(err).toMatch(
      /base\.json: the baseline was recorded under "test" version 1 \(\w{12}\), the votes under "test" version 2/,
    );
    expect(fake.ledger.counts.calls).toBe(calls);
  });

  it('exits with the credentials code without a key', async () => {
    const ran = await workspace.quorate(
      ['gate', '--candidate', 'new.jsonl', '--baseline', 'old.jsonl', '--gate', 'gate.yaml'],
      { env: {} },
    );
    expect(ran.code).toBe(4);
  });

  it('writes the votes to a file, and a gate on them gives the same result without a call', async () => {
    const asked = await gate('--votes-out', 'votes.jsonl');
    const calls = fake.ledger.counts.calls;
    const again = await workspace.quorate([
      'gate',
      '--candidate',
      'new.jsonl',
      '--baseline',
      'old.jsonl',
      '--votes',
      'votes.jsonl',
      '--json',
    ]);
    expect(JSON.parse(again.out).criteria).toEqual(asked.result!.criteria);
    expect(fake.ledger.counts.calls).toBe(calls);
  });
});
