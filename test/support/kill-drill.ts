import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { seededRandom } from '../../src/stats/random.ts';
import { type FakeProvider, startFakeProvider } from './fake-provider.ts';
import type { FakeQuestion } from './fake-reply.ts';
import { jobYaml, pairs, rubricYaml, Workspace } from './workspace.ts';

const program = fileURLToPath(new URL('../../bin/quorate.js', import.meta.url));

export interface KillDrillOptions {
  readonly items: number;
  readonly kills: number;
  readonly concurrency: number;
  readonly seed: number;
  /** A hard budget for the killed run. */
  readonly maxUsd?: number;
}

/** What a drill counted. */
export interface KillDrillResult {
  readonly calls: number;
  readonly kills: number;
  /** Kills that came before the first call of their process. */
  readonly earlyKills: number;
  readonly answered: number;
  /** Answers to a question that had been answered before: lost on the way when the process died. */
  readonly paidTwice: number;
  /** Questions asked although their reply stood in the store when the process was started. */
  readonly recordedAskedAgain: number;
  readonly mostPaidTwiceAfterOneKill: number;
  readonly sameVotes: boolean;
  readonly samePreferences: boolean;
  readonly usd: number;
  readonly exitCode: number;
}

/**
 * Runs a job undisturbed, then once more in another folder with kill -9 at random moments and the same command after
 * each, against one server. A moment is a random number of calls after the start of the process.
 */
export async function killDrill(options: KillDrillOptions): Promise<KillDrillResult> {
  const { items, kills, concurrency, seed } = options;
  const random = seededRandom(`${seed}/kills`);
  /** How often each question was answered, and so paid. */
  const answers = new Map<string, number>();
  const paidTwice = () => [...answers.values()].reduce((sum, count) => sum + count - 1, 0);
  let onCall: (question: FakeQuestion) => void = () => {};
  const server = await startFakeProvider({
    behave: async (question) => {
      onCall(question);
      // a reply that takes some turns of the event loop, so that many are in flight at any moment
      await new Promise((resolve) => setTimeout(resolve, 2));
      answers.set(question.hash, 1 + (answers.get(question.hash) ?? 0));
      return undefined;
    },
  });
  server.ledger.keepQuestions = false;
  const calm = workspaceOf(server, items, concurrency);
  const killed = workspaceOf(server, items, concurrency);
  try {
    if (options.maxUsd === undefined) await finish(start(calm, []));
    answers.clear();
    const usdBefore = server.ledger.counts.usd;
    const flags = options.maxUsd === undefined ? [] : ['--max-usd', String(options.maxUsd)];
    let recordedAskedAgain = 0;
    let earlyKills = 0;
    let most = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const recorded = recordedQuestions(killed);
      const twiceBefore = paidTwice();
      const after = Math.floor(random() * ((3 * items) / kills));
      const child = start(killed, flags);
      let calls = 0;
      onCall = ({ prompt }) => {
        if (recorded.has(lastPart(prompt))) recordedAskedAgain += 1;
        calls += 1;
        if (calls > after) child.kill('SIGKILL');
      };
      if (after === 0) setTimeout(() => child.kill('SIGKILL'), random() * 400);
      await finish(child);
      if (calls === 0) earlyKills += 1;
      most = Math.max(most, paidTwice() - twiceBefore);
    }
    const last = recordedQuestions(killed);
    onCall = ({ prompt }) => {
      if (last.has(lastPart(prompt))) recordedAskedAgain += 1;
    };
    const exitCode = await finish(start(killed, flags));
    const same = (name: string) => options.maxUsd === undefined && calm.read(name) === killed.read(name);
    return {
      calls: items * 2,
      kills,
      earlyKills,
      answered: paidTwice() + answers.size,
      paidTwice: paidTwice(),
      recordedAskedAgain,
      mostPaidTwiceAfterOneKill: most,
      sameVotes: same('out/votes.jsonl'),
      samePreferences: same('out/preferences.jsonl'),
      usd: server.ledger.counts.usd - usdBefore,
      exitCode,
    };
  } finally {
    calm.remove();
    killed.remove();
    await server.close();
  }
}

function workspaceOf(server: FakeProvider, items: number, concurrency: number): Workspace {
  const workspace = new Workspace();
  workspace.write('rubric.yaml', rubricYaml('brackets'));
  workspace.writeJsonLines('items.jsonl', pairs(items));
  const more = `name: drill\nconcurrency: ${concurrency}`;
  workspace.write('job.yaml', jobYaml({ baseUrl: server.openAiUrl, more }));
  return workspace;
}

function start(workspace: Workspace, flags: readonly string[]): ChildProcess {
  return spawn(process.execPath, [program, 'run', 'job.yaml', ...flags], {
    cwd: workspace.folder,
    env: { ...process.env, FAKE_KEY: 'a-key' },
    stdio: 'ignore',
  });
}

function finish(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? -1)));
}

/** The questions whose replies are in the store, as the server sees them. */
function recordedQuestions(workspace: Workspace): ReadonlySet<string> {
  const file = workspace.path('.quorate/quorate.db');
  // Killed before it had made the store, or its tables.
  if (!existsSync(file)) return new Set();
  try {
    const database = new Database(file, {
      readonly: true,
      fileMustExist: true,
    });
    const rows = database.prepare<[], { request: string }>('SELECT request FROM replies').all();
    database.close();
    return new Set(
      rows.map(({ request }) => {
        const { messages } = JSON.parse(request) as { messages: { content: string }[] };
        return lastPart(messages.at(-1)!.content);
      }),
    );
  } catch (error) {
    if (/no such table/.test(String(error))) return new Set();
    throw error;
  }
}

/** The fenced texts of a question: they are different for every item and order. */
function lastPart(prompt: string): string {
  return prompt.slice(prompt.indexOf('<<<PROMPT '));
}
