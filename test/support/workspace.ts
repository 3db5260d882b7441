import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExitCode } from '../../src/cli/exit-codes.ts';
import type { CommandIo } from '../../src/cli/io.ts';
import { runProgram } from '../../src/cli/program.ts';
import type { Vote } from '../../src/domain/vote.ts';

export interface Ran {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** Runs the program in this process, without environment variables unless they are given. */
export async function quorate(
  argv: readonly string[],
  io: Pick<CommandIo, 'cwd'> & Partial<CommandIo>,
): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await runProgram(argv, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    env: {},
    outIsTerminal: false,
    errIsTerminal: false,
    signal: new AbortController().signal,
    ...io,
  });
  return { code, out, err };
}

/** A folder of its own with a job in it, and the program to run there. */
export class Workspace {
  readonly folder = mkdtempSync(join(tmpdir(), 'quorate-job-'));

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, content: string | Uint8Array): void {
    writeFileSync(this.path(name), content);
  }

  writeJsonLines(name: string, records: readonly unknown[]): void {
    this.write(name, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  votes(name = 'out/votes.jsonl'): Vote[] {
    const lines = this.read(name).trimEnd().split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Vote);
  }

  /** Runs the program in this process. */
  async quorate(argv: readonly string[], more: Partial<CommandIo> = {}): Promise<Ran> {
    return quorate(argv, { env: { FAKE_KEY: 'a-key' }, cwd: this.folder, ...more });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export interface JobOptions {
  readonly baseUrl: string;
  readonly judges?: readonly string[];
  readonly provider?: string;
  /** Further lines of every judge, and of the job. */
  readonly judge?: string;
  readonly more?: string;
}

/** A job over items.jsonl with judges under rubric.yaml. */
export function jobYaml({
  baseUrl,
  judges = ['gpt'],
  provider = 'openai',
  judge = '',
  more = '',
}: JobOptions) {
  const panel = judges.map((id) =>
    [
      `  - id: ${JSON.stringify(id)}`,
      `    provider: ${provider}`,
      `    model: fake-model`,
      `    base_url: ${baseUrl}`,
      `    key_env: FAKE_KEY`,
      `    price: { input_per_mtok: 1, output_per_mtok: 4 }`,
      ...judge.split('\n').flatMap((line) => (line === '' ? [] : [`    ${line}`])),
    ].join('\n'),
  );
  return `items: items.jsonl\nrubric: rubric.yaml\nallocation: fixed\n${more}\npanel:\n${panel.join('\n')}\n`;
}

/** A rubric whose verdict is text in the given format. */
export function rubricYaml(verdict: string, more = ''): string {
  return `id: test\nversion: "1"\ntitle: Test\ndescription: Which response is better?\nmode: pairwise\nverdict: ${verdict}\n${more}\ncriteria:\n  - id: quality\n    weight: 1\n    description: Which one follows the instruction?\n`;
}

/** Made-up pairs. */
export function pairs(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    id: `i${index}`,
    prompt: `Question ${index}?`,
    candidates: [
      { id: 'a', text: `First answer to question ${index}` },
      { id: 'b', text: `Second answer to question ${index}` },
    ],
  }));
}
