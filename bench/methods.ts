import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BenchJob, bareClient, measure, startServer } from './pipeline-support.ts';

const concurrency = 64;
const items = 1000;
const second =
  '  - { id: second, provider: openai, model: other, base_url: "http://127.0.0.1:PORT/v1", key_env: BENCH_KEY }\n';
/** Each row's part of the job; what opens with two spaces is one more judge of the panel. */
const sections = {
  'judge alone': '',
  'and rules':
    'rules:\n  - { check: leak, severity: veto }\n  - { check: length, max: 300 }\n  - { check: refusal }\n  - { check: repetition }\n  - { check: truncation }\n',
  'and facts without a model': 'facts: {}\n',
  'and facts by the judge': 'facts: { judge: judge }\n',
  'and a constitution': 'constitution: helpful-without-harm\n',
  'and a second judge that verifies the first, and a debate': `${second}verify: second\ndebate: true\n`,
};

/** What each method adds to a run's processor time, for 1,000 items against a server that answers at once. */
export async function main(): Promise<void> {
  const server = await startServer(0, 'methods');
  console.log(`${items} items, two responses each, concurrency ${concurrency}, 0 ms server\n`);
  console.log('| job | calls | CPU ms an item | CPU ms a call | to a bare loop |\n|---|---:|---:|---:|---:|');
  try {
    let more = '';
    for (const [name, section] of Object.entries(sections)) {
      // the judge takes the place of the checker
      if (name === 'and facts by the judge') more = more.replace('facts: {}\n', section);
      else if (section.startsWith(' ')) more = section.replace('PORT', String(server.port)) + more;
      else more += section;
      const job = new BenchJob(items, server.port, concurrency);
      try {
        withEvidence(job.folder, more);
        const before = await server.calls();
        const whole = await job.run();
        const calls = (await server.calls()) - before;
        const bare = await bareLoop(job.folder, server.port, calls);
        const ratio = whole.cpuMs / calls / bare;
        console.log(
          `| ${name} | ${calls} | ${(whole.cpuMs / items).toFixed(2)} | ${(whole.cpuMs / calls).toFixed(2)} | ${ratio.toFixed(2)} |`,
        );
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
