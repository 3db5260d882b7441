import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { type FakeStep, fakeBatches } from './fake-batches.ts';
import { type FakeProvider, startFakeProvider } from './fake-provider.ts';
import { jobYaml, pairs, rubricYaml, Workspace } from './workspace.ts';

const program = fileURLToPath(new URL('../../bin/quorate.js', import.meta.url));

/**
 * When a process dies: as the server receives its request and does nothing (`before`), when it has done what was asked and
 * no reply arrives (`after`), or when the first reply of a batch stands in the store (`recorded`).
 */
export type BatchKill =
  | { readonly at: FakeStep; readonly when: 'before' | 'after' }
  | { readonly at: 'recorded' };

export interface BatchDrillResult {
  readonly exitCode: number;
  /** Kills that struck; fewer than asked for where a process never came to that moment. */
  readonly struck: number;
  /** Questions in all batches that were ever submitted. */
  readonly submitted: number;
  readonly answered: number;
  readonly askedTwice: number;
  /** The votes without what names the server. */
  readonly votes: string;
}

/** Runs a job in batches with the real program, killed once at each of these moments, until it comes to its end. */
export async function batchKillDrill(
  provider: 'openai' | 'anthropic',
  kills: readonly BatchKill[],
): Promise<BatchDrillResult> {
  let fake: FakeProvider | null = null;
  let breakAt: (step: FakeStep) => 'before' | 'after' | undefined = () => undefined;
  const served = fakeBatches({ ledger: () => fake!.ledger, polls: 2, breakAt: (step) => breakAt(step) });
  fake = await startFakeProvider({ route: served.route });
  const workspace = new Workspace();
  try {
    workspace.write('rubric.yaml', rubricYaml('brackets'));
    workspace.writeJsonLines('items.jsonl', pairs(12));
    const baseUrl = provider === 'openai' ? fake.openAiUrl : fake.anthropicUrl;
    workspace.write('job.yaml', jobYaml({ baseUrl, provider, more: 'name: drill\nmode: batch' }));
    let struck = 0;
    for (const kill of kills) {
      const child = start(workspace);
      const strike = () => {
        struck += 1;
        child.kill('SIGKILL');
      };
      breakAt = (step) => {
        if (step !== kill.at || child.killed) return undefined;
        strike();
        return kill.when;
      };
      const watch = kill.at === 'recorded' ? whenRecorded(workspace, strike) : null;
      await ended(child);
      watch?.stop();
      breakAt = () => undefined;
    }
    const exitCode = await ended(start(workspace));
    const { answered, repeated } = fake.ledger.counts;
    return {
      exitCode,
      struck,
      submitted: served.batches.reduce((sum, { total }) => sum + total, 0),
      answered,
      askedTwice: repeated,
      votes: workspace.read('out/votes.jsonl').replaceAll(/"replies":\[[^\]]*\]/g, ''),
    };
  } finally {
    workspace.remove();
    await fake.close();
  }
}

function start(workspace: Workspace) {
  return spawn(process.execPath, [program, 'run', 'job.yaml'], {
    cwd: workspace.folder,
    env: { ...process.env, FAKE_KEY: 'a-key' },
    stdio: 'ignore',
  });
}

function ended(child: ReturnType<typeof start>): Promise<number> {
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? -1)));
}

/** Looks into the store again and again, until a reply is there. */
function whenRecorded(workspace: Workspace, strike: () => void): { stop(): void } {
  const file = workspace.path('.quorate/quorate.db');
  const timer = setInterval(() => {
    if (!existsSync(file) || countReplies(file) === 0) return;
    clearInterval(timer);
    strike();
  }, 1);
  return { stop: () => clearInterval(timer) };
}

function countReplies(file: string): number {
  try {
    const database = new Database(file, { readonly: true, fileMustExist: true });
    const row = database.prepare<[], { count: number }>('SELECT count(*) AS count FROM replies').get();
    database.close();
    return row?.count ?? 0;
  } catch (error) {
    // Not made yet, or its tables are not; another process is making them.
    if (/no such table|unable to open|locked/.test(String(error))) return 0;
    throw error;
  }
}
