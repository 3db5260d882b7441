import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';

const root = resolve(import.meta.dirname, '../..');
const script = (name: string) => join(root, 'bench/pipeline', name);

/** What a process used. */
export interface Usage {
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly peakMb: number;
  readonly stderr: string;
}

export interface BenchServer {
  readonly port: number;
  calls(): Promise<number>;
  /** From the first question to the last. */
  askingMs(): Promise<number>;
  stop(): void;
}

/** A server process of its own, so that its time is not counted as the client's. */
export async function startServer(latencyMs: number, ...more: readonly 'methods'[]): Promise<BenchServer> {
  const child = spawn(process.execPath, [script('server.mjs'), String(latencyMs), ...more], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const port = Number(await firstLine(child));
  const number = async (path: string) =>
    Number(await (await fetch(`http://127.0.0.1:${port}/${path}`)).text());
  return {
    port,
    calls: () => number('calls'),
    askingMs: () => number('asking-ms'),
    stop: () => child.stdin!.end(),
  };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((done) => child.stdout!.once('data', (data: Buffer) => done(data.toString())));
}

/** Runs a Node program to its end and reports what it used. @throws when it fails. */
export function measure(program: readonly string[], cwd: string): Promise<Usage> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['--import', script('report-usage.mjs'), ...program], {
      cwd,
      env: { ...process.env, BENCH_KEY: 'k' },
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    });
    let stderr = '';
    let report = '';
    child.stderr!.on('data', (data: Buffer) => {
      stderr += data.toString();
    });
    (child.stdio[3] as Readable).on('data', (data: Buffer) => {
      report += data.toString();
    });
    child.once('close', (code) => {
      if (code === 0) done({ ...(JSON.parse(report) as Omit<Usage, 'stderr'>), stderr });
      else fail(new Error(`${program.join(' ')} ended with ${code}: ${stderr}`));
    });
  });
}

export const quorate = join(root, 'bin/quorate.js');
export const bareClient = script('bare-client.mjs');

/** A folder with a job over made-up pairs: two calls an item, prompts of some 3 KB. */
export class BenchJob {
  readonly folder = mkdtempSync(join(tmpdir(), 'quorate-bench-'));

  constructor(items: number, port: number, concurrency = 64) {
    const rubric = join(root, 'rubrics/helpfulness.yaml');
    writeFileSync(
      join(this.folder, 'job.yaml'),
      `items: items.jsonl\nrubric: ${rubric}\nallocation: fixed\nconcurrency: ${concurrency}\npanel:\n` +
        `  - { id: judge, provider: openai, model: bench, base_url: "http://127.0.0.1:${port}/v1", key_env: BENCH_KEY }\n`,
    );
    const text = 'It says what is asked for and adds an example that helps. '.repeat(9);
    const lines = Array.from({ length: items }, (_, index) =>
      JSON.stringify({
        id: `item-${index}`,
        prompt: `Question ${index}: how is this done?`,
        candidates: [
          { id: 'a', text: `First answer ${index}. ${text}` },
          { id: 'b', text: `Second answer ${index}. ${text}` },
        ],
      }),
    );
    writeFileSync(join(this.folder, 'items.jsonl'), `${lines.join('\n')}\n`);
  }

  run(): Promise<Usage> {
    return measure([quorate, 'run', 'job.yaml'], this.folder);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
