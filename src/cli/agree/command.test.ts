import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { sharedData, sharedDataPresent } from '../../../test/support/shared-data.ts';
import { tempFolder } from '../../../test/support/temp-folder.ts';
import { quorate } from '../../../test/support/workspace.ts';
import type { AgreementReport } from '../../analysis/agreement/agreement-report.ts';

let folder: string;
beforeEach(() => {
  folder = tempFolder();
});

type Shown = readonly [string, string];
const pairwise = (
  item: string,
  rater: string,
  shown: Shown,
  preferred: string | null,
  extra: object = {},
) => ({
  item,
  rater,
  rater_kind: 'llm',
  kind: 'pairwise',
  shown,
  ...(preferred === null ? { outcome: 'tie' } : { outcome: 'verdict', preferred }),
  ...extra,
});

async function agree(
  votes: readonly object[],
  options: readonly string[] = [],
  labels: readonly object[] = [],
) {
  const file = async (name: string, records: readonly object[]) =>
    writeFile(join(folder, name), records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  await file('votes.jsonl', votes);
  await file('labels.jsonl', labels);
  const withLabels = labels.length > 0 ? ['--labels', 'labels.jsonl'] : [];
  return start(['agree', '--votes', 'votes.jsonl', ...withLabels, '--draws', '100', ...options]);
}

async function start(argv: readonly string[]) {
  const ran = await quorate(argv, { cwd: folder });
  return { ...ran, json: () => JSON.parse(ran.out) as AgreementReport };
}

/** Every number in a report is finite or null with a reason beside it. */
function expectNoHoles(value: unknown, path = 'report'): void {
  if (typeof value !== 'object' || value === null) return;
  if ('value' in value && 'n' in value && value.value === null)
    expect(value, `${path} is null and does not say why`).toHaveProperty('reason');
  for (const [key, inner] of Object.entries(value)) expectNoHoles(inner, `${path}.${key}`);
}

const items = Array.from({ length: 30 }, (_, index) => `q${index}`);
const gold = items.map((item) => pairwise(item, 'gold', ['a', 'b'], 'a', { rater_kind: 'gold' }));

describe('quorate agree', () => {
  it('distinguishes a good judge, one that always prefers the first response and one that only abstains', async () => {
    const votes = items.flatMap((item) =>
      (
        [
          ['a', 'b'],
          ['b', 'a'],
        ] as const
      ).flatMap((shown) => [
        pairwise(item, 'good', shown, 'a'),
        pairwise(item, 'first', shown, shown[0]),
        { ...pairwise(item, 'abstainer', shown, null), outcome: 'abstain' },
      ]),
    );
    const { json, code, err } = await agree(votes, ['--json'], gold);
    expect(code).toBe(0);
    const report = json();
    const of = (name: string) => report.raters.find(({ rater }) => rater === name)!;
    expect(of('good').accuracy.value).toBe(1);
    expect(of('good').flip_rate.value).toBe(0);
    expect(of('good').position_bias.value).toBe(0.5);
    expect(of('first').accuracy.value).toBe(0.5);
    expect(of('first').flip_rate.value).toBe(1);
    expect(of('first').position_bias.value).toBe(1);
    expect(of('abstainer').accuracy).toMatchObject({ value: null, reason: 'nothing to count' });
    expect(of('abstainer').abstention_rate.value).toBe(1);
    expect(err).toContain('rater_without_opinion');
    expectNoHoles(report);
  });

  it('gives the same bytes for the same seed, whatever the order of the votes', async () => {
    const votes = items.flatMap((item, index) =>
      ['j1', 'j2', 'j3'].map((rater, judge) =>
        pairwise(item, rater, ['a', 'b'], (index * (judge + 2)) % 3 ? 'a' : 'b'),
      ),
    );
    const forward = await agree(votes, ['--json', '--seed', '5']);
    const backward = await agree([...votes].reverse(), ['--json', '--seed', '5']);
    expect(backward.out).toBe(forward.out);
    expect((await agree(votes, ['--json', '--seed', '5'])).out).toBe(forward.out);
    expect((await agree(votes, ['--json', '--seed', '6'])).out).not.toBe(forward.out);
  });

  it('reports the same rates when the two candidates of every item are swapped', async () => {
    const make = (name: (candidate: string) => string) =>
      items.flatMap((item, index) =>
        ['j1', 'j2'].map((rater, judge) =>
          pairwise(item, rater, [name('a'), name('b')], name((index + judge) % 4 ? 'a' : 'b')),
        ),
      );
    const plain = await agree(
      make((candidate) => candidate),
      ['--json'],
    );
    const swapped = await agree(
      make((candidate) => (candidate === 'a' ? 'z' : candidate)),
      ['--json'],
    );
    const rates = ({ json }: typeof plain) =>
      json()
        .raters.filter(({ rater_kind }) => rater_kind === 'llm')
        .map((facts) => [facts.accuracy, facts.position_bias]);
    expect(rates(swapped)).toEqual(rates(plain));
    expect(swapped.json().agreement[0]!.alpha_nominal).toEqual(plain.json().agreement[0]!.alpha_nominal);
  });

  it.each([
    ['one rater only', items.map((item) => pairwise(item, 'only', ['a', 'b'], 'a')), 'one_rater_only'],
    ['a single vote', [pairwise('q0', 'only', ['a', 'b'], 'a')], 'rater_with_one_vote'],
    [
      'all ties',
      items.flatMap((item) => ['j1', 'j2'].map((rater) => pairwise(item, rater, ['a', 'b'], null))),
      '',
    ],
    [
      'all abstentions',
      items.flatMap((item) =>
        ['j1', 'j2'].map((rater) => ({ ...pairwise(item, rater, ['a', 'b'], null), outcome: 'abstain' })),
      ),
      'rater_without_opinion',
    ],
    [
      'the same vote twice',
      [...items, ...items].map((item) => pairwise(item, 'only', ['a', 'b'], 'a')),
      'repeated_vote',
    ],
  ])('survives %s, with and without labels, and never prints NaN', async (_, votes, warning) => {
    for (const labels of [[], gold]) {
      for (const options of [['--json'], []]) {
        const { out, err, code } = await agree(votes, options, labels);
        expect(code).toBe(0);
        expect(out).not.toContain('NaN');
        expect(out).not.toContain('Infinity');
        expect(err).toContain(warning);
        if (options.length > 0) expectNoHoles(JSON.parse(out));
      }
    }
  });

  it('reports the use of votes that weigh less than 1, in text and on the page', async () => {
    const votes = items.map((item, index) =>
      pairwise(item, 'j', ['a', 'b'], 'a', index === 0 ? { weight: 0 } : index === 1 ? { weight: 0.5 } : {}),
    );
    const { out } = await agree(votes, ['--html', 'page.html'], gold);
    const story =
      '1 votes and labels of weight 0 are counted as abstentions. 1 weigh less than 1 and are weighed so; weights are not used in: alternative test';
    expect(out).toContain(story);
    expect(await readFile(join(folder, 'page.html'), 'utf8')).toContain(story);
    expect((await agree(votes.slice(2), [], gold)).out).not.toContain('weigh');
  });

  it('warns of labels without votes', async () => {
    const votes = [pairwise('q0', 'j', ['a', 'b'], 'a'), pairwise('q1', 'j', ['a', 'b'], 'b')];
    expect((await agree(votes, [], gold)).err).toContain('warning: label_without_votes (28)');
  });

  it.each([
    [['--draws', '5'], '--draws must be a whole number from 100'],
    [['--seed', 'x'], '--seed must be a whole number'],
    [['--epsilon', '2'], '--epsilon must be a number from 0 to 1'],
    [['--raters', 'missing*'], 'no vote of a rater that matches'],
  ])('refuses %j with exit code 2', async (options, message) => {
    const { code, err } = await agree([pairwise('q0', 'j', ['a', 'b'], 'a')], options);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it('refuses a score that is no number, naming the line', async () => {
    const vote = {
      item: 'q',
      rater: 'j',
      rater_kind: 'llm',
      kind: 'pointwise',
      candidate: 'a',
      outcome: 'verdict',
      score: Number.NaN,
    };
    const { code, err } = await agree([vote]);
    expect(code).toBe(2);
    expect(err).toContain('votes.jsonl:1');
  });
});

describe.skipIf(!sharedDataPresent())('quorate agree on recorded votes', () => {
  const run = async (set: string, options: readonly string[] = []) => {
    const file = (kind: string) => sharedData(`votes/${set}.${kind}.jsonl.gz`);
    const argv = ['--votes', file('votes'), '--items', file('items'), '--labels', file('labels')];
    const report = (await start(['agree', ...argv, '--draws', '100', '--json', ...options])).json();
    expectNoHoles(report);
    return { report, of: (name: string) => report.raters.find(({ rater }) => rater === name)! };
  };

  // published facts are of all items, here is a random half: two standard errors of a half
  it('LLMBar: accuracy, order consistency and first-position rate are the published ones', async () => {
    const { of } = await run('llmbar', ['--raters', '*/Vanilla']);
    const published = {
      'GPT-4/Vanilla': [0.845, 0.93, 0.51],
      'ChatGPT/Vanilla': [0.4, 0.66, 0.65],
      'LLaMA2/Vanilla': [0.44, 0.75, 0.56],
      'PaLM2/Vanilla': [0.71, 0.72, 0.56],
      'Falcon/Vanilla': [0.56, 0.42, 0.78],
    };
    for (const [rater, [accuracy, consistency, first]] of Object.entries(published)) {
      expect(Math.abs(of(rater).accuracy.value! - accuracy!)).toBeLessThan(0.06);
      expect(Math.abs(1 - of(rater).flip_rate.value! - consistency!)).toBeLessThan(0.06);
      expect(Math.abs(of(rater).position_bias.value! - first!)).toBeLessThan(0.04);
    }
    expect(of('longest').accuracy.value).toBeLessThan(0.4);
  });

  it('MT-Bench: agreement of GPT-4 with decisive humans, and among humans, is about as published', async () => {
    const { report, of } = await run('mtbench', ['--raters', 'gpt-4/pair-v2']);
    expect(of('gpt-4/pair-v2').decisive_accuracy.value).toBeCloseTo(0.884, 1);
    const humans = report.agreement.find(({ group }) => group === 'human')!;
    expect(Math.abs(humans.alpha_nominal.value! - 0.485)).toBeLessThan(0.05);
    expect(report.alternative_test.judges[0]).toMatchObject({ rater: 'gpt-4/pair-v2', passed: true });
  });
});
