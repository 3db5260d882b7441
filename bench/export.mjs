// One million pairs exported to JSONL and Parquet: wall time and peak memory of the whole process, beside a plain
// copy of the items file (read a line, parse, write a line) in the same run. `npm run build && node bench/export.mjs`
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const pairs = Number(process.argv[2] ?? 1_000_000);
const words =
  'time year people way day man thing woman life child world school state family student group country problem hand part place case week company system program question work government number night point home water room mother area money story fact month lot right study book eye job word business issue side kind head house service friend father power hour game line end member law car city community name president team minute idea kid body information back parent face others level office door health person art war history party result change morning reason research girl guy moment air teacher force education'.split(
    ' ',
  );
if (process.argv[3] === 'copy') await copy(process.argv[4], process.argv[5]);
else await bench();

async function bench() {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-bench-'));
  const at = (name) => join(folder, name);
  try {
    await writeInputs(at('items.jsonl'), at('preferences.jsonl'));
    const cli = fileURLToPath(new URL('../bin/quorate.js', import.meta.url));
    const common = [
      cli,
      'export',
      '--preferences',
      at('preferences.jsonl'),
      '--items',
      at('items.jsonl'),
      '--allow',
      '*',
      '--splits',
      'train=0.98,test=0.02',
    ];
    const rows = [
      [
        'plain copy of the items',
        timed([fileURLToPath(import.meta.url), '0', 'copy', at('items.jsonl'), at('copy.jsonl')]),
      ],
      ['export, JSONL', timed([...common, '--out', at('jsonl')])],
      ['export, Parquet', timed([...common, '--container', 'parquet', '--out', at('parquet')])],
    ];
    const size = (name) => `${(statSync(at(name)).size / 2 ** 20).toFixed(0)} MiB`;
    console.log(
      `${pairs} pairs of ${pairs / 4} items: items ${size('items.jsonl')}, JSONL ${size('jsonl/train.jsonl')}, Parquet ${size('parquet/train.parquet')}\n`,
    );
    console.log('| run | wall s | CPU s | peak MiB | CPU, ratio to the copy |\n|---|---|---|---|---|');
    for (const [name, run] of rows) {
      console.log(
        `| ${name} | ${run.wall.toFixed(1)} | ${run.cpu.toFixed(1)} | ${run.peak.toFixed(0)} | ${(run.cpu / rows[0][1].cpu).toFixed(1)} |`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Wall, CPU and peak memory of a node process, as the operating system counts them. */
function timed(args) {
  if (!existsSync('/usr/bin/time')) throw new Error('this bench needs /usr/bin/time (Debian package `time`)');
  const start = process.hrtime.bigint();
  const run = spawnSync('/usr/bin/time', ['-f', '%U %S %M', process.execPath, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (run.status !== 0) throw new Error(run.stderr);
  const [user, system, peak] = run.stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { wall: Number(process.hrtime.bigint() - start) / 1e9, cpu: user + system, peak: peak / 1024 };
}

function textOf(seed, length) {
  return Array.from(
    { length },
    (_, at) => words[(seed * 7919 + at * at * 31 + at * seed) % words.length],
  ).join(' ');
}

async function writeInputs(itemsFile, preferencesFile) {
  const items = createWriteStream(itemsFile);
  const preferences = createWriteStream(preferencesFile);
  for (let item = 0; item < pairs / 4; item += 1) {
    const id = `item-${item}`;
    const candidates = ['a', 'b', 'c', 'd'].map((name, at) => ({
      id: name,
      text: `${textOf(item * 4 + at, 60 + at * 10)} ${item}.`,
      model: `model-${at}`,
    }));
    const record = {
      id,
      prompt: `${textOf(item + 17, 25)} number ${item}?`,
      candidates,
      category: words[item % 12],
    };
    const line = (chosen, rejected) =>
      `${JSON.stringify({
        item: id,
        pair: [chosen, rejected],
        chosen,
        rejected,
        probability: 0.75 + (item % 25) / 100,
        status: 'accepted',
        basis: 'calibrated',
        reasons: [],
        votes: { for_chosen: 4, for_rejected: item % 2, tie: 0, abstain: 0, error: 0, flipped: 0 },
        sources: { llm: { probability: 0.9, votes: 5 } },
      })}\n`;
    if (!items.write(`${JSON.stringify(record)}\n`)) await once(items, 'drain');
    if (!preferences.write(line('a', 'b') + line('a', 'c') + line('b', 'd') + line('d', 'c')))
      await once(preferences, 'drain');
  }
  for (const stream of [items, preferences]) {
    stream.end();
    await once(stream, 'close');
  }
}

async function copy(from, to) {
  const out = createWriteStream(to);
  for await (const line of createInterface({ input: createReadStream(from) })) {
    if (!out.write(`${JSON.stringify(JSON.parse(line))}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}
