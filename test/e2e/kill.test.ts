import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { startFakeProvider } from '../support/fake-provider.ts';
import { killDrill } from '../support/kill-drill.ts';
import { jobYaml, pairs, rubricYaml, Workspace } from '../support/workspace.ts';

const program = fileURLToPath(new URL('../../bin/quorate.js', import.meta.url));

const built = existsSync(new URL('../../dist/cli/main.js', import.meta.url));

// `npm test` builds before it tests; without a build there is no program to kill.
it.skipIf(!built)(
  'survives kill -9 at random moments: same votes, and nothing that was recorded is paid again',
  async () => {
    const concurrency = 16;
    const kills = 6;
    const result = await killDrill({ items: 60, kills, concurrency, seed: 1 });
    expect(result).toMatchObject({
      exitCode: 0,
      sameVotes: true,
      samePreferences: true,
      recordedAskedAgain: 0,
    });
    expect(result.answered - result.paidTwice).toBe(result.calls);
    expect(result.mostPaidTwiceAfterOneKill).toBeLessThanOrEqual(concurrency);
  },
  120_000,
);

it.skipIf(!built)(
  'stops when the disk is full, keeps what was recorded, and goes on when there is room',
  async () => {
    const fake = await startFakeProvider();
    const workspace = new Workspace();
    try {
      workspace.write('rubric.yaml', rubricYaml('brackets'));
      workspace.writeJsonLines('items.jsonl', pairs(200));
      workspace.write('job.yaml', jobYaml({ baseUrl: fake.openAiUrl }));
      // No file of the process may grow beyond 400 KB: what a full disk is to one that writes.
      const full = await run('trap \'\' XFSZ; ulimit -f 400; exec "$0" "$1" run job.yaml', workspace);
      expect(full.err).toMatch(/quorate\.db: (the disk is full|the store failed)/);
      expect(full.err).toMatch(/what was recorded is safe/);
      expect(full.code).toBe(2);
      const answered = fake.ledger.counts.answered;
      expect(answered).toBeGreaterThan(0);
      expect(answered).toBeLessThan(400);
      expect((await run('exec "$0" "$1" run job.yaml', workspace)).code).toBe(0);
      expect(workspace.votes()).toHaveLength(400);
      // Only what was in flight when the disk was full is paid twice.
      expect(fake.ledger.counts.repeated).toBeLessThanOrEqual(64);
    } finally {
      workspace.remove();
      await fake.close();
    }
  },
  60_000,
);

function run(script: string, workspace: Workspace): Promise<{ code: number; err: string }> {
  return new Promise((resolve) => {
    const child = spawn('bash', ['-c', script, process.execPath, program], {
      cwd: workspace.folder,
      env: { ...process.env, FAKE_KEY: 'a-key' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let err = '';
    child.stderr.on('data', (data: Buffer) => {
      err += data.toString();
    });
    child.once('close', (code) => resolve({ code: code ?? -1, err }));
  });
}
