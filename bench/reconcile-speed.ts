import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeJsonLines } from '../src/files/write-lines.ts';
import { seededRandom } from '../src/stats/random.ts';

/** The built program on many votes: `npm run bench -- reconcile-speed`. */
export async function main({ quick = false }: { readonly quick?: boolean } = {}): Promise<void> {
  const program = resolve('bin/quorate.js');
  const folder = mkdtempSync(join(tmpdir(), 'quorate-speed-'));
  const watch =
    "data:text/javascript,process.on('exit',()=>{const u=process.resourceUsage();process.stderr.write('maxrss '+u.maxRSS+' cpu '+(u.userCPUTime+u.systemCPUTime)/1e6)})";
  console.log(
    '| votes | raters | items | labels | seconds | CPU seconds | peak MB |\n|---|---|---|---|---|---|---|',
  );
  for (const [raters, items, labelled] of [
    [5, 10_000, 0],
    [5, 10_000, 100],
    [50, 20_000, 0],
    [50, 20_000, 200],
    [50, 20_000, 5_000],
  ] as const) {
    if (quick && raters * items > 100_000) continue;
    const orders = raters === 5 ? 2 : 1;
    const files = ['votes.jsonl', 'labels.jsonl', 'out.jsonl'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    await writeJsonLines(files[0], votes(raters, items, orders));
    await writeJsonLines(files[1], labels(labelled));
    const started = process.hrtime.bigint();
    const { stderr, status } = spawnSync(
      process.execPath,
      ['--import', watch, program, 'reconcile', '--votes', files[0], '--labels', files[1], '--out', files[2]],
      { encoding: 'utf8' },
    );
    const seconds = Number(process.hrtime.bigint() - started) / 1e9;
    if (status !== 0) throw new Error(stderr);
    const peak = Number(/maxrss (\d+)/.exec(stderr)?.[1]) / 1024;
    const cpu = Number(/cpu ([\d.]+)/.exec(stderr)?.[1]);
    const count = (raters * items * orders).toLocaleString('en');
    console.log(
      `| ${count} | ${raters} | ${items} | ${labelled} | ${seconds.toFixed(2)} | ${cpu.toFixed(2)} | ${peak.toFixed(0)} |`,
    );
  }
  rmSync(folder, { recursive: true });
}

function truthOf(item: number): 'a' | 'b' {
  return (item * 2654435761) % 4294967296 < 2147483648 ? 'a' : 'b';
}

function* votes(raters: number, items: number, orders: number) {
  const random = seededRandom('speed');
  for (let item = 0; item < items; item += 1) {
    const truth = truthOf(item);
    for (let rater = 0; rater < raters; rater += 1) {
      for (let order = 0; order < orders; order += 1) {
        const right = random() < 0.5 + (0.4 * (rater + 1)) / raters;
        yield {
          item: `item-${item}`,
          rater: `judge-${rater}/rubric`,
          rater_kind: 'llm',
          model: `model-${rater}`,
          kind: 'pairwise',
          shown: (rater + item + order) % 2 === 0 ? ['a', 'b'] : ['b', 'a'],
          outcome: 'verdict',
          preferred: right === (truth === 'a') ? 'a' : 'b',
        };
      }
    }
  }
}

function* labels(count: number) {
  for (let item = 0; item < count; item += 1) {
    const gold = {
      item: `item-${item}`,
      rater: 'gold',
      rater_kind: 'gold',
      kind: 'pairwise',
      shown: ['a', 'b'],
    };
    yield { ...gold, outcome: 'verdict', preferred: truthOf(item) };
  }
}
