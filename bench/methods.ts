import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BenchJob, bareClient, measure, startServer } from './pipeline-support.ts';

const concurrency = 64;
const rules =
  'rules:\n  - { check: leak, severity: veto }\n  - { check: length, max: 300 }\n  - { check: refusal }\n  - { check: repetition }\n  - { check: truncation }\n';
const constitution = 'constitution: helpful-without-harm\n';
const byJudge = 'facts: { judge: judge }\n';

interface Row {
  readonly name: string;
  readonly items: number;
  /** What stands in the job beside its judge; `PORT` is the server's. */
  readonly more: string;
}

/** The last judge of a panel comes first: its line continues the panel. */
const second =
  '  - { id: second, provider: openai, model: other, base_url: "http://127.0.0.1:PORT/v1", key_env: BENCH_KEY }\n';
const rows: readonly Row[] = [
  { name: 'the main job: a judge, 5,000 items', items: 5000, more: '' },
  { name: 'a judge, 1,000 items', items: 1000, more: '' },
  { name: 'and rules', items: 1000, more: rules },
  { name: 'and facts without a model', items: 1000, more: `${rules}facts: {}\n` },
  { name: 'and facts by the judge', items: 1000, more: rules + byJudge },
  { name: 'and a constitution', items: 1000, more: rules + byJudge + constitution },
  {
    name: 'and a second judge that verifies the first, and a debate: all five',
    items: 1000,
    more: `${second}verify: second\ndebate: true\n${rules}${byJudge}${constitution}`,
  },
];

/** What each method adds to a run's processor time, against a server that answers at once. */
export async function main(): Promise<void> {
  const server = await startServer(0, 'methods');
  console.log(`two responses an item, concurrency ${concurrency}, 0 ms server\n`);
  console.log('| job | calls | CPU ms an item | CPU ms a call | to the main job | to a bare loop |');
  console.log('|---|---:|---:|---:|---:|---:|');
  let mainJob: number | null = null;
  try {
    for (const { name, items, more } of rows) {
      const job = new BenchJob(items, server.port, concurrency);
      try {
        withEvidence(job.folder, more.replaceAll('PORT', String(server.port)));
        const before = await server.calls();
        const whole = await job.run();
        const calls = (await server.calls()) - before;
        const bare = await bareLoop(job.folder, server.port, calls);
        const each = whole.cpuMs / calls;
        mainJob ??= each;
        const cells = [calls, (whole.cpuMs / items).toFixed(2), each.toFixed(2)];
        const ratios = [each / mainJob, each / bare].map((ratio) => ratio.toFixed(2));
        console.log(`| ${[name, ...cells, ...ratios].join(' | ')} |`);
      } finally {
        job.remove();
      }
    }
  } finally {
    server.stop();
  }
}

/** Gives every item a passage to check against, and the job its further sections. */
function withEvidence(folder: string, more: string): void {
  const file = join(folder, 'items.jsonl');
  const context = [
    'It says what is asked for and adds an example that helps. The town has two bridges. '.repeat(8),
  ];
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  writeFileSync(file, lines.map((line) => `${JSON.stringify({ ...JSON.parse(line), context })}\n`).join(''));
  const job = join(folder, 'job.yaml');
  writeFileSync(job, readFileSync(job, 'utf8') + more);
}

async function bareLoop(folder: string, port: number, calls: number): Promise<number> {
  const body = join(folder, 'body.json');
  const messages = [
    { role: 'system', content: 'You are an impartial judge. '.repeat(105) },
    {
      role: 'user',
      content: `QUESTION ${'It says what is asked for and adds an example that helps. '.repeat(18)}`,
    },
  ];
  writeFileSync(body, JSON.stringify({ model: 'bench', messages, max_tokens: 488, temperature: 0 }));
  const { cpuMs } = await measure(
    [bareClient, String(port), String(calls), String(concurrency), body],
    folder,
  );
  return cpuMs / calls;
}
