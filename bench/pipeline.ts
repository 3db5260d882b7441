import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BenchJob, bareClient, measure, quorate, startServer, type Usage } from './pipeline-support.ts';

const concurrency = 64;

/** The whole pipeline against the floor in the same minutes: CPU a call, throughput, repeated run, start. */
export async function main(options: { readonly quick?: boolean } = {}): Promise<void> {
  const items = options.quick ? 1000 : 5000;
  await cpuPerCall(items, options.quick ? 1 : 3);
  await throughput(items);
  await repeated(items);
  await start();
}

async function cpuPerCall(items: number, rounds: number): Promise<void> {
  const calls = items * 2;
  console.log(`CPU a call, ${calls} calls, concurrency ${concurrency}, 0 ms server (medians of ${rounds})\n`);
  console.log('| round | bare loop ms | pipeline ms | ratio |\n|---|---:|---:|---:|');
  const ratios: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const server = await startServer(0);
    const job = new BenchJob(items, server.port, concurrency);
    try {
      const bare = await bareLoop(job.folder, server.port, calls);
      const whole = await job.run();
      if ((await server.calls()) !== calls * 2)
        throw new Error('the server counted other calls than were made');
      const ratio = whole.cpuMs / bare.cpuMs;
      ratios.push(ratio);
      console.log(`| ${round} | ${each(bare, calls)} | ${each(whole, calls)} | ${ratio.toFixed(2)} |`);
    } finally {
      job.remove();
      server.stop();
    }
  }
  console.log(`\nmedian ratio ${median(ratios).toFixed(2)} (wanted: at most 4)\n`);
}

async function throughput(items: number): Promise<void> {
  const server = await startServer(50);
  const job = new BenchJob(items, server.port, concurrency);
  const calls = items * 2;
  try {
    const whole = await job.run();
    const askingMs = await server.askingMs();
    const bare = await bareLoop(job.folder, server.port, calls);
    const most = (concurrency / 50) * 1000;
    const rate = (ms: number) => calls / (ms / 1000);
    const share = (value: number) => `${value.toFixed(0)} calls/s, ${((100 * value) / most).toFixed(0)} %`;
    console.log(`50 ms server, concurrency ${concurrency}: at most ${most} calls/s by arithmetic`);
    console.log(`- pipeline, start and results included: ${share(rate(whole.wallMs))}`);
    console.log(`- while it asks, from the first question to the last: ${share(rate(askingMs))}`);
    console.log(`- bare loop in the same minute: ${share(rate(bare.wallMs))}\n`);
  } finally {
    job.remove();
    server.stop();
  }
}

async function repeated(items: number): Promise<void> {
  const server = await startServer(0);
  const job = new BenchJob(items, server.port, concurrency);
  try {
    await job.run();
    const before = await server.calls();
    const again = await job.run();
    const asked = (await server.calls()) - before;
    const seconds = (again.wallMs / 1000).toFixed(2);
    console.log(
      `a finished run of ${items * 2} votes again: ${seconds} s (${(again.cpuMs / 1000).toFixed(2)} s CPU), ${asked} calls (wanted: at most 2 s, 0 calls)\n`,
    );
  } finally {
    job.remove();
    server.stop();
  }
}

async function start(): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    times.push((await measure([quorate, '--version'], process.cwd())).wallMs);
  }
  console.log(`quorate --version: ${median(times).toFixed(0)} ms (median of 5, wanted: at most 250)`);
}

/** The same bodies, sent by nothing but node:http. */
function bareLoop(folder: string, port: number, calls: number): Promise<Usage> {
  const body = join(folder, 'body.json');
  const system = 'You are an impartial judge. '.repeat(105);
  const user = `QUESTION ${'It says what is asked for and adds an example that helps. '.repeat(18)}`;
  const messages = [
    { role: 'system', content: system },
    { role: 'user', content: user },
  ];
  writeFileSync(body, JSON.stringify({ model: 'bench', messages, max_tokens: 488, temperature: 0 }));
  return measure([bareClient, String(port), String(calls), String(concurrency), body], folder);
}

function each({ cpuMs }: Usage, calls: number): string {
  return (cpuMs / calls).toFixed(3);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
