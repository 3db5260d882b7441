import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { syntheticPanel } from '../../../test/support/pairwise-votes.ts';
import { tempFolder } from '../../../test/support/temp-folder.ts';
import { quorate } from '../../../test/support/workspace.ts';
import type { Preference } from '../../domain/preference.ts';

let folder: string;
let out: string;
let err: string;

beforeEach(() => {
  folder = tempFolder();
});

async function run(...argv: string[]): Promise<number> {
  const ran = await quorate(argv, { cwd: folder });
  ({ out, err } = ran);
  return ran.code;
}

async function write(name: string, records: readonly unknown[]): Promise<void> {
  await writeFile(join(folder, name), records.map((record) => `${JSON.stringify(record)}\n`).join(''));
}

async function preferencesIn(name: string): Promise<Preference[]> {
  const lines = (await readFile(join(folder, name), 'utf8')).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Preference);
}

const panel = syntheticPanel(120, { good: 0.9, poor: 0.4, worse: 0.35 }, 11);

describe('quorate reconcile', () => {
  it('writes preferences and a report, the same every time', async () => {
    await write('votes.jsonl', panel.votes);
    await write('labels.jsonl', panel.gold.slice(0, 60));
    const argv = [
      'reconcile',
      '--votes',
      'votes.jsonl',
      '--labels',
      'labels.jsonl',
      '--report',
      'report.json',
    ];
    expect(await run(...argv, '--out', 'one.jsonl')).toBe(0);
    expect(await run(...argv, '--out', 'two.jsonl')).toBe(0);
    expect(await readFile(join(folder, 'one.jsonl'), 'utf8')).toBe(
      await readFile(join(folder, 'two.jsonl'), 'utf8'),
    );
    expect(await preferencesIn('one.jsonl')).toHaveLength(120);
    const report = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')) as Record<string, unknown>;
    expect(report).toMatchObject({ basis: 'calibrated', labels: 60, pairs: 120, votes: 720 });
    expect(err).toContain('120 pairs from 720 votes of 3 raters: calibrated');
  });

  it('uses only the raters that --raters names', async () => {
    await write('votes.jsonl', panel.votes);
    await run('reconcile', '--votes', 'votes.jsonl', '--raters', 'g*,missing', '--out', 'out.jsonl');
    expect(err).toContain('of 1 raters');
    expect(err).toContain('warning: rater_not_found (1): missing');
  });

  it('uses a stored rater model where there are no labels, and warns when a rater has changed', async () => {
    await write('votes.jsonl', panel.votes);
    await write('labels.jsonl', panel.gold);
    const learn = ['calibrate', '--votes', 'votes.jsonl', '--labels', 'labels.jsonl', '--out', 'model.json'];
    expect(await run(...learn)).toBe(0);
    const model = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')) as Record<string, unknown>;
    expect(model).toMatchObject({
      version: 1,
      votes_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const later = syntheticPanel(120, { good: 0.9, poor: 0.4, worse: 0.97 }, 12);
    await write('later.jsonl', later.votes);
    const reuse = [
      'reconcile',
      '--votes',
      'later.jsonl',
      '--rater-model',
      'model.json',
      '--out',
      'out.jsonl',
      '--json',
    ];
    expect(await run(...reuse)).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ basis: 'calibrated', estimator: 'stored rater model' });
    expect(err).toContain('rater_drifted');
    expect(err).toContain('worse: order consistency');
    expect(err).not.toContain('good: order consistency');
  });

  it.each([
    ['--accept', '2', '--accept must be a number from 0.5 to 1'],
    ['--humans', 'ignore', '--humans must be one of pool'],
    ['--seed', 'x', '--seed must be a whole number'],
    ['--rater-model', 'absent.json', 'no such file'],
    ['--votes', 'absent.jsonl', 'no such file'],
  ])('refuses %s %s with exit code 2', async (flag, value, message) => {
    await write('votes.jsonl', panel.votes);
    expect(await run('reconcile', '--votes', 'votes.jsonl', '--out', 'out.jsonl', flag, value)).toBe(2);
    expect(err).toContain(message);
  });

  it('refuses to fit a model to too few labels', async () => {
    await write('votes.jsonl', panel.votes);
    await write('labels.jsonl', panel.gold.slice(0, 2));
    expect(await run('calibrate', '--votes', 'votes.jsonl', '--labels', 'labels.jsonl')).toBe(2);
    expect(err).toContain('too few');
  });
});
