import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { GateResult } from '../src/domain/gate.ts';
import { writeJsonLines } from '../src/files/write-lines.ts';
import { pairedDifference } from '../src/stats/bootstrap/paired-difference.ts';
import { type Random, seededRandom } from '../src/stats/random.ts';

const judges = ['one', 'two', 'three', 'four', 'five'];

/** How long a gate on recorded votes takes from the command line to the answer, start of the process included. */
export async function main({ quick = false }: { readonly quick?: boolean } = {}): Promise<void> {
  console.log('| votes | items | options | answer | s | CPU s | peak MB |');
  console.log('|---|---|---|---|---|---|---|');
  for (const items of quick ? [1000] : [1000, 10_000]) {
    const folder = mkdtempSync(join(tmpdir(), 'quorate-gate-'));
    try {
      await writeInputs(folder, items, seededRandom(items));
      for (const options of [
        [],
        ['--labels', 'labels.jsonl'],
        ['--sequential'],
        ['--html', 'gate.html', '--markdown', 'gate.md'],
      ])
        time(folder, options);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  bootstrap();
}

function time(folder: string, options: readonly string[]): void {
  const files = ['--candidate', 'new.jsonl', '--baseline', 'old.jsonl', '--votes', 'votes.jsonl'];
  const measured =
    'process.on("exit",()=>{const u=process.resourceUsage();console.error("USED",(u.userCPUTime+u.systemCPUTime)/1e6,u.maxRSS/1024)})';
  const start = performance.now();
  const ran = spawnSync(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(measured)}`,
      resolve('bin/quorate.js'),
      'gate',
      ...files,
      ...options,
      '--json',
    ],
    { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  const seconds = (performance.now() - start) / 1000;
  const [, cpu, peak] = /USED (\S+) (\S+)/.exec(ran.stderr)!;
  const { counts, answer } = JSON.parse(ran.stdout) as GateResult;
  console.log(
    `| ${counts.votes} | ${counts.items} | ${options[0] ?? 'fixed'} | ${answer} | ${seconds.toFixed(2)} | ${Number(cpu).toFixed(2)} | ${Number(peak).toFixed(0)} |`,
  );
}

/** Five judges in both orders on a candidate that is 4 points better: close enough to the margin to need them all. */
async function writeInputs(folder: string, items: number, random: Random): Promise<void> {
  const at = (name: string) => join(folder, name);
  const indexes = Array.from({ length: items }, (_, index) => index);
  const truth = indexes.map(() => random() < 0.54);
  for (const [file, model] of [
    ['new.jsonl', 'new'],
    ['old.jsonl', 'old'],
  ] as const)
    await writeJsonLines(
      at(file),
      indexes.map((index) => ({
        id: `q${index}`,
        prompt: `Question ${index}`,
        response: `${model} answer ${'word '.repeat(40)}`,
        model,
      })),
    );
  const vote = (index: number, rater: string, kind: string, shown: readonly string[], right: boolean) => ({
    item: `q${index}`,
    rater,
    rater_kind: kind,
    kind: 'pairwise',
    shown,
    outcome: 'verdict',
    preferred: truth[index] === right ? 'candidate' : 'baseline',
  });
  const orders = [
    ['candidate', 'baseline'],
    ['baseline', 'candidate'],
  ];
  await writeJsonLines(
    at('votes.jsonl'),
    indexes.flatMap((index) =>
      judges.flatMap((judge) => orders.map((shown) => vote(index, judge, 'llm', shown, random() < 0.8))),
    ),
  );
  await writeJsonLines(
    at('labels.jsonl'),
    indexes.slice(0, items / 5).map((index) => vote(index, 'ann', 'human', orders[0]!, true)),
  );
}

function bootstrap(): void {
  const random = seededRandom('speed');
  const clusters = Array.from({ length: 10_000 }, (_, index) => index);
  const differences = clusters.map(() => random() - 0.5);
  const start = performance.now();
  pairedDifference(differences, clusters, { replicates: 10_000, random });
  console.log(
    `\npaired bootstrap, 10,000 draws over 10,000 clusters: ${((performance.now() - start) / 1000).toFixed(2)} s`,
  );
}
