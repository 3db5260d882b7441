import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GateResult } from '../../src/domain/gate.ts';
import { bothOrders, responses } from '../support/gate-parts.ts';
import { Workspace } from '../support/workspace.ts';

let workspace: Workspace;
beforeEach(() => {
  workspace = new Workspace();
  workspace.writeJsonLines(
    'new.jsonl',
    responses(120, 'new-model', (index) => `new ${index}`),
  );
  workspace.writeJsonLines(
    'old.jsonl',
    responses(120, 'old-model', (index) => `old ${index}`),
  );
});
afterEach(() => workspace.remove());

const sides = ['gate', '--candidate', 'new.jsonl', '--baseline', 'old.jsonl'];

async function gate(...more: readonly string[]) {
  const ran = await workspace.quorate([...sides, ...more, '--json']);
  return { ...ran, result: ran.out === '' ? null : (JSON.parse(ran.out) as GateResult) };
}

function votes(better: Parameters<typeof bothOrders>[2], raters = ['one', 'two']): void {
  workspace.writeJsonLines(
    'votes.jsonl',
    raters.flatMap((rater) => bothOrders(120, rater, better)),
  );
}

describe('quorate gate on recorded votes, without a gate file', () => {
  it.each([
    ['pass', 0, (index: number) => (index % 4 === 0 ? 'baseline' : 'candidate')],
    ['fail', 1, (index: number) => (index % 2 === 0 ? 'baseline' : index % 3 === 0 ? 'tie' : 'candidate')],
    ['inconclusive', 3, (index: number) => (index % 20 < 9 ? 'baseline' : 'candidate')],
  ] as const)('%s is exit code %i', async (answer, code, better) => {
    votes(better);
    const ran = await gate('--votes', 'votes.jsonl');
    expect(ran.code).toBe(code);
    expect(ran.result).toMatchObject({
      answer,
      basis: 'panel_only',
      cost_usd: 0,
      counts: { items: 120, votes: 480, unmatched: 0, flips: 0 },
      candidate: { model: 'new-model', source: 'new.jsonl' },
    });
    expect(ran.err).toMatch(/uncalibrated: these numbers show what the panel prefers/);
  });

  it('reports how many more items it needs, and lists the worst items with reasons', async () => {
    votes((index) => (index % 20 < 9 ? 'baseline' : 'candidate'));
    const { result } = await gate('--votes', 'votes.jsonl');
    expect(result!.criteria[0]!.measured!.more_items).toBeGreaterThan(100);
    expect(result!.regressions).toHaveLength(10);
    expect(result!.regressions[0]).toMatchObject({ item: 'q0', improvement: -1, criterion: 'improvement' });
  });

  it('writes the same bytes for the same inputs', async () => {
    votes((index) => (index % 3 === 0 ? 'baseline' : 'candidate'));
    expect((await gate('--votes', 'votes.jsonl')).out).toBe((await gate('--votes', 'votes.jsonl')).out);
    const [one, two] = [
      await gate('--votes', 'votes.jsonl', '--sequential'),
      await gate('--votes', 'votes.jsonl', '--sequential'),
    ];
    expect(one.out).toBe(two.out);
  });

  it('stops a sequential gate early if the answer is clear', async () => {
    votes(() => 'candidate');
    const { code, result } = await gate('--votes', 'votes.jsonl', '--sequential');
    expect(code).toBe(0);
    expect(result!.sequential).toEqual({ looks: 1, stopped_early: true, items_judged: 50 });
    expect(result!.counts).toMatchObject({ items: 50, not_judged: 70 });
    expect(result!.criteria[0]!.measured).toMatchObject({ method: 'betting' });
  });

  it('corrects the panel by partial labels, and reports their effective number', async () => {
    // the panel calls everything a win; humans agree on two thirds
    votes((index) => (index % 10 === 0 ? 'baseline' : 'candidate'));
    const humans = bothOrders(120, 'ann', (index) => (index % 3 === 0 ? 'baseline' : 'candidate'), {
      rater_kind: 'human',
    });
    workspace.writeJsonLines('labels.jsonl', humans.slice(0, 160));
    const { result } = await gate('--votes', 'votes.jsonl', '--labels', 'labels.jsonl');
    const { measured } = result!.criteria[0]!;
    expect(measured).toMatchObject({ method: 'prediction_powered', labels: 80 });
    expect(measured!.improvement).toBeLessThan(measured!.uncorrected!.improvement - 0.15);
    expect(result!.basis).toBe('labelled');
  });
});

describe('bad input', () => {
  const refused = async (...more: readonly string[]) => {
    const { code, err, out } = await workspace.quorate([...sides, ...more]);
    expect(out).toBe('');
    expect(code).toBe(2);
    return err;
  };

  it('rejects different prompts, naming the items', async () => {
    votes(() => 'candidate');
    const other = responses(120, 'old', () => 'x').map((line, index) =>
      index === 7 ? { ...line, prompt: 'Something else?' } : line,
    );
    workspace.writeJsonLines('old.jsonl', other);
    expect(await refused('--votes', 'votes.jsonl')).toMatch(
      /1 of 120 items have a different prompt than in old\.jsonl: "q7"/,
    );
  });

  it('rejects a second response to one item, naming both lines', async () => {
    const lines = responses(5, 'new', () => 'x');
    workspace.writeJsonLines('new.jsonl', [...lines, lines[2]]);
    expect(await refused('--votes', 'votes.jsonl')).toMatch(
      /new\.jsonl:6: a second response to item "q2"; the first is on line 3/,
    );
  });

  it('rejects files without a shared item, a line without a response, and missing votes', async () => {
    expect(await refused()).toMatch(/no votes and no panel given/);
    workspace.writeJsonLines('new.jsonl', [{ id: 'q1', prompt: 'p' }]);
    expect(await refused()).toMatch(/new\.jsonl:1: "response" must be a string/);
    workspace.writeJsonLines('new.jsonl', [{ id: 'elsewhere', response: 'x' }]);
    expect(await refused()).toMatch(/shares no item with old\.jsonl/);
    const ran = await workspace.quorate(['gate', '--candidate', 'nowhere.jsonl', '--baseline', 'old.jsonl']);
    expect(ran.err).toMatch(/--candidate: there is no file nowhere\.jsonl/);
  });

  it('lists items that one side lacks, and never imputes them', async () => {
    votes((index) => (index % 4 === 0 ? 'baseline' : 'candidate'));
    workspace.writeJsonLines(
      'new.jsonl',
      responses(119, 'new-model', (index) => `new ${index}`),
    );
    const { result, err } = await gate('--votes', 'votes.jsonl');
    expect(result!.counts).toMatchObject({ items: 119, only_baseline: ['q119'], unmatched: 4 });
    expect(err).toMatch(/only the baseline answers "q119": left out/);
  });

  it('counts scores of one side only, and leaves them out', async () => {
    const score = (candidate: string, value: number) => (_: unknown, index: number) => ({
      item: `q${index}`,
      rater: 'one',
      rater_kind: 'llm',
      kind: 'pointwise',
      candidate,
      criterion: 'quality',
      outcome: 'verdict',
      score: value + (index % 3),
      scale: [1, 10],
    });
    const items = Array.from({ length: 120 });
    workspace.writeJsonLines('votes.jsonl', [
      ...items.map(score('candidate', 6)),
      ...items.slice(0, 100).map(score('baseline', 4)),
    ]);
    const { result } = await gate('--votes', 'votes.jsonl');
    expect(result!.counts).toMatchObject({ unpaired_scores: 20, without_votes: 20 });
    expect(result!.criteria[0]).toMatchObject({ metric: 'score', items: 100, answer: 'pass' });
  });

  it('is inconclusive, with a reason, for a single cluster, all ties, and a panel without quorum', async () => {
    votes(() => 'candidate');
    workspace.writeJsonLines(
      'new.jsonl',
      responses(120, 'new', () => 'x').map((line) => ({ ...line, cluster: 'one' })),
    );
    expect((await gate('--votes', 'votes.jsonl')).result!.reasons).toEqual([
      'improvement: all 120 items are in one cluster, which counts as one',
    ]);
    workspace.writeJsonLines(
      'new.jsonl',
      responses(40, 'new', () => 'x'),
    );
    votes(() => 'tie');
    expect((await gate('--votes', 'votes.jsonl')).result).toMatchObject({
      answer: 'inconclusive',
      counts: { ties: 160 },
    });
    votes(() => null);
    const flipping = await gate('--votes', 'votes.jsonl');
    expect(flipping.code).toBe(3);
    expect(flipping.result!.reasons[0]).toMatch(
      /^the panel is not quorate: 0 % of the items have 1 decisive rater, 50 % are required/,
    );
    expect(flipping.result!.warnings).toContain(
      'one changes its verdict with the order on 40 of 40 items: its verdicts are no better than chance',
    );
  });

  it('recuses and counts a judge of one side’s family', async () => {
    workspace.writeJsonLines(
      'new.jsonl',
      responses(120, 'gpt-9', (index) => `new ${index}`),
    );
    votes(() => 'candidate', ['gpt-4', 'neutral']);
    const { result } = await gate('--votes', 'votes.jsonl');
    expect(result!.counts).toMatchObject({ recused: 240, votes: 240 });
  });
});

describe('a gate file', () => {
  it('tests slices, and an empty one is inconclusive with its reason', async () => {
    const about = (lines: ReturnType<typeof responses>) =>
      lines.map((line, index) => ({
        ...line,
        category: index % 2 ? 'code' : index === 0 ? 'rare' : 'prose',
      }));
    workspace.writeJsonLines('new.jsonl', about(responses(120, 'new', (index) => `new ${index}`)));
    votes((index) => (index % 2 ? 'candidate' : index % 8 === 0 ? 'candidate' : 'baseline'));
    const criterion = (slice: string) =>
      `criteria:\n  - { id: wins, metric: win_rate, margin: 0, slices: [${slice}] }\n`;
    workspace.write('gate.yaml', criterion('{ by: category }'));
    const { result, code } = await gate('--votes', 'votes.jsonl', '--gate', 'gate.yaml');
    expect(code).toBe(1);
    expect(result!.criteria.map(({ slice, answer }) => [slice, answer])).toEqual([
      [null, 'pass'],
      ['category=code', 'pass'],
      ['category=prose', 'fail'],
    ]);
    expect(result!.warnings).toContain('wins: category=rare has 1 items, too few for a test of its own');
    workspace.write('gate.yaml', criterion('{ by: category, is: poems }'));
    const empty = await gate('--votes', 'votes.jsonl', '--gate', 'gate.yaml');
    expect(empty.code).toBe(3);
    expect(empty.result!.reasons).toEqual(['wins (category=poems): no item has category "poems"']);
  });

  it('reports every mistake with its place', async () => {
    workspace.write(
      'gate.yaml',
      'alpha: 0.9\ncriteria:\n  - { id: a, metric: wins }\n  - { id: a, metric: score, rules: [x] }\nfloors:\n  - { metric: safety_flags }\n',
    );
    const { code, err } = await workspace.quorate([...sides, '--gate', 'gate.yaml']);
    expect(code).toBe(2);
    expect(err).toMatch(/gate\.yaml:1:8: /);
    expect(err).toMatch(/gate\.yaml:3:22: /);
    expect(err).toMatch(/gate\.yaml:4:11: .*already the id of another criterion/);
    expect(err).toMatch(/gate\.yaml:6:5: .*no limit/);
  });

  it('is inconclusive for a floor that no rater can check', async () => {
    votes(() => 'candidate');
    workspace.write('gate.yaml', 'floors: [{ metric: safety_flags, max_count: 0 }]\n');
    const { code, result } = await gate('--votes', 'votes.jsonl', '--gate', 'gate.yaml');
    expect(code).toBe(3);
    expect(result!.reasons).toEqual(['floor safety_flags: no rater can check this']);
  });

  it('rejects --sequential for tests without an anytime-valid version', async () => {
    workspace.write('gate.yaml', 'criteria: [{ id: a, metric: length_controlled_win_rate }]\n');
    const { code, err } = await workspace.quorate([
      ...sides,
      '--votes',
      'v',
      '--gate',
      'gate.yaml',
      '--sequential',
    ]);
    expect(code).toBe(2);
    expect(err).toMatch(/--sequential cannot be combined with the criterion "a"/);
  });
});

describe('committed baselines', () => {
  const hash = { provenance: { rubric_hash: 'aaaaaaaaaaaaaaaa' } };

  it('records a candidate as the next baseline only if it passed', async () => {
    votes((index) => (index % 2 ? 'candidate' : 'baseline'));
    await gate('--votes', 'votes.jsonl', '--baseline-out', 'baseline.json');
    expect(() => workspace.read('baseline.json')).toThrow();
    workspace.writeJsonLines(
      'votes.jsonl',
      bothOrders(120, 'one', () => 'candidate', hash),
    );
    const { result } = await gate('--votes', 'votes.jsonl', '--baseline-out', 'baseline.json');
    expect(JSON.parse(workspace.read('baseline.json'))).toMatchObject({
      kind: 'gate_baseline',
      model: 'new-model',
      responses: 'new.jsonl',
      responses_hash: result!.candidate.responses_hash,
      rubrics: [{ hash: 'aaaaaaaaaaaaaaaa' }],
      gate: { id: result!.id, votes: 240 },
    });
  });

  it('rejects a baseline with another rubric or other responses', async () => {
    workspace.writeJsonLines(
      'votes.jsonl',
      bothOrders(120, 'one', () => 'candidate', hash),
    );
    await gate('--votes', 'votes.jsonl', '--baseline-out', 'baseline.json');
    workspace.writeJsonLines(
      'newer.jsonl',
      responses(120, 'newer-model', (index) => `newer ${index}`),
    );
    const next = [
      'gate',
      '--candidate',
      'newer.jsonl',
      '--baseline',
      'baseline.json',
      '--votes',
      'votes.jsonl',
    ];
    expect((await workspace.quorate(next)).code).toBe(0);
    const other = { provenance: { rubric_hash: 'bbbbbbbbbbbbbbbb' } };
    workspace.writeJsonLines(
      'votes.jsonl',
      bothOrders(120, 'one', () => 'candidate', other),
    );
    const rubric = await workspace.quorate(next);
    expect(rubric.code).toBe(2);
    expect(rubric.err).toMatch(
      /recorded under rubric \(aaaaaaaaaaaa\), the votes under rubric \(bbbbbbbbbbbb\)/,
    );
    workspace.writeJsonLines(
      'new.jsonl',
      responses(120, 'new-model', () => 'edited'),
    );
    const changed = await workspace.quorate(next);
    expect(changed.code).toBe(2);
    expect(changed.err).toMatch(/new\.jsonl has changed since the baseline was recorded/);
  });

  it('records the first baseline without a gate', async () => {
    const { code } = await workspace.quorate([
      'gate',
      '--candidate',
      'old.jsonl',
      '--baseline-out',
      'first.json',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(workspace.read('first.json'))).toMatchObject({ items: 120, rubrics: [], gate: null });
    expect((await workspace.quorate(['gate', '--candidate', 'old.jsonl'])).code).toBe(2);
  });
});

describe('responses inside an items file', () => {
  it('are named by their model', async () => {
    votes(() => 'candidate');
    workspace.writeJsonLines(
      'items.jsonl',
      Array.from({ length: 60 }, (_, index) => ({
        id: `q${index}`,
        prompt: 'p',
        candidates: ['new-model', 'old-model', 'third'].map((model) => ({
          id: `by ${model}`,
          model,
          text: null,
        })),
      })),
    );
    const named = ['gate', '--items', 'items.jsonl', '--votes', 'votes.jsonl', '--candidate', 'new-model'];
    const ran = await workspace.quorate([...named, '--baseline', 'old-model', '--json']);
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.out).counts).toMatchObject({ items: 60, unmatched: 240 });
    const wrong = await workspace.quorate([...named, '--baseline', 'older']);
    expect(wrong.err).toMatch(
      /no candidate of that name\n {2}models in the items file: new-model, old-model, third/,
    );
  });
});
