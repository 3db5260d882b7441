import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { tempFolder } from '../../../test/support/temp-folder.ts';
import { quorate as run } from '../../../test/support/workspace.ts';

let folder: string;
beforeEach(() => {
  folder = tempFolder();
});

const vote = (item: string, rater: string, candidate: string, score: number, costUsd: number | null) => ({
  item,
  rater,
  rater_kind: 'llm',
  kind: 'pointwise',
  candidate,
  outcome: 'verdict',
  score,
  scale: [1, 10],
  ...(costUsd === null ? {} : { cost_usd: costUsd }),
});

/** Two raters, one cheap and one dear; the dear one has not seen item q3. */
const votes = (costUsd: number | null = 0.01) =>
  ['q1', 'q2', 'q3'].flatMap((item) => [
    vote(item, 'cheap/judge', 'a', 8, costUsd),
    vote(item, 'cheap/judge', 'b', item === 'q1' ? 2 : 8, costUsd),
    ...(item === 'q3'
      ? []
      : [
          vote(item, 'dear/judge', 'a', 9, costUsd && 3 * costUsd),
          vote(item, 'dear/judge', 'b', 3, costUsd && 3 * costUsd),
        ]),
  ]);

async function save(name: string, records: readonly unknown[]): Promise<void> {
  await writeFile(join(folder, name), records.map((record) => `${JSON.stringify(record)}\n`).join(''));
}

const quorate = (...argv: string[]) => run(['simulate', ...argv], { cwd: folder });

describe('quorate simulate', () => {
  it('writes one line per item, in the order of the file, and reports missing raters', async () => {
    await save('votes.jsonl', votes());
    const { code, err } = await quorate(
      '--votes',
      'votes.jsonl',
      '--allocation',
      'fixed',
      '--out',
      'sim.jsonl',
    );
    expect(code).toBe(0);
    expect(err).toContain('1 of 3 items lack votes of some raters');
    const lines = (await readFile(join(folder, 'sim.jsonl'), 'utf8'))
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text));
    expect(lines.map(({ item, best, calls }) => [item, best, calls])).toEqual([
      ['q1', ['a'], 4],
      ['q2', ['a'], 4],
      ['q3', ['a', 'b'], 2],
    ]);
    expect(lines[0].usd).toBeCloseTo(0.08);
  });

  it('does not depend on the order of the votes', async () => {
    await save('votes.jsonl', votes());
    await save('backwards.jsonl', votes().reverse());
    await quorate('--votes', 'votes.jsonl', '--allocation', 'cascade', '--out', 'one.jsonl');
    await quorate('--votes', 'backwards.jsonl', '--allocation', 'cascade', '--out', 'two.jsonl');
    const one = await readFile(join(folder, 'one.jsonl'), 'utf8');
    expect(one).toContain('"item":"q3"');
    expect(await readFile(join(folder, 'two.jsonl'), 'utf8')).toBe(one);
  });

  it('counts a tie as half a correct answer', async () => {
    await save('votes.jsonl', votes());
    const label = {
      rater: 'gold',
      rater_kind: 'gold',
      kind: 'pairwise',
      shown: ['a', 'b'],
      outcome: 'verdict',
    };
    await save(
      'labels.jsonl',
      ['q1', 'q2', 'q3'].map((item) => ({ item, ...label, preferred: 'a' })),
    );
    const argv = ['--votes', 'votes.jsonl', '--labels', 'labels.jsonl', '--allocation', 'fixed', '--json'];
    const summary = JSON.parse((await quorate(...argv)).out);
    expect(summary).toMatchObject({ items: 3, labelled: 3, calls: 10 });
    expect(summary.accuracy).toBeCloseTo(2.5 / 3);
  });

  it.each([
    [['--usd-per-item', '0'], /--usd-per-item must be a price above 0, received "0"/],
    [['--usd-per-item', '-1'], /--usd-per-item must be a price above 0/],
    [['--usd-per-item', 'cheap'], /received "cheap"/],
    [['--target-error', '0.7'], /--target-error must be a share between 0 and 0.5/],
    [['--usd-per-item', '1', '--target-error', '0.1'], /exclude each other/],
    [['--allocation', 'greedy'], /must be one of fixed, cascade, adaptive, received "greedy"/],
    [['--raters', 'missing*'], /no rater matches missing\*[\s\S]*cheap\/judge/],
    [['--svg', 'f.svg'], /add --frontier/],
    [['--frontier', '--samples', '2'], /omit --samples/],
    [['--seed', '1.5'], /--seed must be a whole number/],
  ])('refuses %j', async (argv, message) => {
    await save('votes.jsonl', votes());
    const { code, err } = await quorate('--votes', 'votes.jsonl', ...argv);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  it('draws the frontier and recommends the best plan within the budget', async () => {
    await save('votes.jsonl', votes());
    const label = {
      rater: 'gold',
      rater_kind: 'gold',
      kind: 'pairwise',
      shown: ['a', 'b'],
      outcome: 'verdict',
    };
    await save(
      'labels.jsonl',
      ['q1', 'q2', 'q3'].map((item) => ({ item, ...label, preferred: 'a' })),
    );
    const argv = [
      '--votes',
      'votes.jsonl',
      '--labels',
      'labels.jsonl',
      '--frontier',
      '--svg',
      'f.svg',
      '--json',
    ];
    const { code, out, err } = await quorate(...argv, '--usd-per-item', '0.05');
    expect(code).toBe(0);
    const { points, recommended, measured } = JSON.parse(out);
    expect(measured).toBe('accuracy');
    expect(new Set(points.map((point: { allocation: string }) => point.allocation)).size).toBe(3);
    expect(recommended.score.usd_per_item).toBeLessThanOrEqual(0.05);
    expect(recommended.quality).toBeCloseTo(2.5 / 3);
    expect(err).toContain('recommended: --allocation');
    const svg = await readFile(join(folder, 'f.svg'), 'utf8');
    expect(svg).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    expect(svg).not.toContain('NaN');
  });

  it('fits the plan to labels, or with --no-fit-labels only measures accuracy on them', async () => {
    const names = Array.from({ length: 40 }, (_, i) => `p${i}`);
    const swapped = (item: string, preferred: string) =>
      [
        ['a', 'b'],
        ['b', 'a'],
      ].map((shown) => ({
        item,
        rater: 'wrong/judge',
        rater_kind: 'llm',
        kind: 'pairwise',
        shown,
        outcome: 'verdict',
        preferred,
      }));
    const best = (i: number) => (i % 3 === 0 ? 'a' : 'b');
    await save(
      'votes.jsonl',
      names.flatMap((item, i) => swapped(item, best(i) === 'a' ? 'b' : 'a')),
    );
    await save(
      'labels.jsonl',
      names.map((item, i) => ({ ...swapped(item, best(i))[0], rater: 'gold', rater_kind: 'gold' })),
    );
    const argv = ['--votes', 'votes.jsonl', '--labels', 'labels.jsonl', '--json'];
    const fitted = await quorate(...argv);
    expect(fitted.err).toContain('the plan is fitted to 40 labelled items');
    expect(JSON.parse(fitted.out)).toMatchObject({ accuracy: 1, fitted_labels: 40 });
    const measured = await quorate(...argv, '--no-fit-labels');
    expect(measured.err).toContain('measure accuracy only');
    expect(JSON.parse(measured.out)).toMatchObject({ accuracy: 0, fitted_labels: 0 });
  });

  it('refuses a dollar budget without prices, and takes a unit price', async () => {
    await save('votes.jsonl', votes(null));
    const argv = ['--votes', 'votes.jsonl', '--allocation', 'fixed', '--usd-per-item', '2', '--json'];
    const refused = await quorate(...argv);
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(/needs prices[\s\S]*--unit-price/);
    const counted = JSON.parse((await quorate(...argv, '--unit-price', '1')).out);
    expect(counted.usd_per_item).toBe(2);
    expect(counted.usd_per_accepted_pair).toBeCloseTo(counted.usd / counted.accepted, 12);
  });

  it('refuses a negative cost, naming its line', async () => {
    await save('votes.jsonl', [
      vote('q1', 'cheap/judge', 'a', 8, 0.01),
      vote('q1', 'cheap/judge', 'b', 2, -1),
    ]);
    const { code, err } = await quorate('--votes', 'votes.jsonl');
    expect(code).toBe(2);
    expect(err).toMatch(/votes\.jsonl:2.*"cost_usd" must be a price of 0 or more/);
  });

  it('reports an unknown cost as null where votes have no cost', async () => {
    await save('votes.jsonl', votes(null));
    const { out, err } = await quorate('--votes', 'votes.jsonl', '--allocation', 'fixed', '--json');
    expect(err).toContain('no cost_usd in votes of cheap/judge, dear/judge');
    expect(JSON.parse(out).usd).toBeNull();
  });
});
