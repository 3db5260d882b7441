import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { tempFolder } from '../support/temp-folder.ts';

const run = promisify(execFile);
const cli = join(import.meta.dirname, '../../bin/quorate.js');

it('ranks models from votes and items, as a table and as JSON, and refuses items that name no model', async () => {
  const folder = tempFolder();
  const items = Array.from({ length: 12 }, (_, index) => ({
    id: `i${index}`,
    prompt: 'p',
    candidates: [
      { id: 'a', text: 'long answer'.repeat(1 + (index % 3)), model: 'strong' },
      { id: 'b', text: 'short answer', model: 'weak' },
    ],
  }));
  const votes = items.map(({ id }, index) => ({
    item: id,
    rater: 'r',
    rater_kind: 'human',
    kind: 'pairwise',
    shown: ['a', 'b'],
    outcome: 'verdict',
    preferred: index < 9 ? 'a' : 'b',
  }));
  const jsonl = (records: readonly unknown[]) =>
    records.map((record) => `${JSON.stringify(record)}\n`).join('');
  await writeFile(join(folder, 'items.jsonl'), jsonl(items));
  await writeFile(join(folder, 'votes.jsonl'), jsonl(votes));
  const nameless = items.map((item) => ({
    ...item,
    candidates: item.candidates.map(({ id, text }) => ({ id, text })),
  }));
  await writeFile(join(folder, 'nameless.jsonl'), jsonl(nameless));
  const leaderboard = (...flags: readonly string[]) =>
    run(process.execPath, [cli, 'leaderboard', '--votes', 'votes.jsonl', ...flags], { cwd: folder });

  const { stdout } = await leaderboard('--items', 'items.jsonl', '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    comparisons: 12,
    models: [{ model: 'strong', raw_win_rate: 0.75 }, { model: 'weak' }],
  });
  expect((await leaderboard('--items', 'items.jsonl')).stdout).toMatch(/strong +12 +75\.0 +75\.0 +\[/);
  await expect(leaderboard('--items', 'nameless.jsonl')).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('candidate names no model (12)'),
  });
});
