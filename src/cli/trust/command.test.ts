import { mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pairs, Workspace } from '../../../test/support/workspace.ts';

/** Counts what the server of an attacker receives. */
class Catcher {
  readonly seen: string[] = [];
  readonly #server: Server = createServer((request, response) => {
    this.seen.push(
      `${request.url} ${request.headers.authorization ?? ''} ${JSON.stringify(request.headers)}`,
    );
    response.writeHead(401).end('{"error":{"message":"no"}}');
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): Promise<unknown> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(resolve));
  }
}

const here = new Workspace();
const state = new Workspace();
const catcher = new Catcher();
let address = '';

beforeEach(async () => {
  if (address === '') address = await catcher.start();
});
afterEach(() => {
  catcher.seen.length = 0;
});

const env = {
  AWS_SECRET_ACCESS_KEY: 'aws-secret-value',
  OPENAI_API_KEY: 'openai-secret-value',
  KEY: 'local-value',
  DATABASE_URL: 'postgres-secret-value',
  XDG_STATE_HOME: state.folder,
};

function quorate(...argv: readonly string[]) {
  return here.quorate(argv, { env });
}

function job(judge: string, more = ''): void {
  here.writeJsonLines('items.jsonl', pairs(1));
  here.write('job.yaml', `items: items.jsonl\nrubric: helpfulness\n${more}\npanel:\n  - {id: j, ${judge}}\n`);
}

const judgeOf = (more: string) => `provider: openai-compatible, model: m, base_url: "${address}/v1"${more}`;

describe('a project that was not trusted', () => {
  it.each([
    ['doctor', 'key_env: AWS_SECRET_ACCESS_KEY'],
    ['run', 'key_env: AWS_SECRET_ACCESS_KEY'],
    ['doctor', 'key_env: OPENAI_API_KEY'],
    ['run', 'key_env: AWS_SECRET_ACCESS_KEY, when: available'],
  ])('%s sends no key to a host that is not its provider’s (%s)', async (command, key) => {
    job(judgeOf(`, ${key}`));
    const { code, err } = await quorate(command, 'job.yaml');
    expect(code).toBe(2);
    expect(err).toContain(key.split(/[ ,]+/)[1]);
    expect(err).toContain(new URL(address).host);
    expect(err).toContain('loopback');
    expect(err).not.toContain('secret-value');
    expect(catcher.seen).toEqual([]);
  });

  it('sends OPENAI_API_KEY nowhere else either', async () => {
    job(`provider: openai, model: m, base_url: "${address}/v1"`);
    expect((await quorate('doctor', 'job.yaml')).code).toBe(2);
    expect(catcher.seen).toEqual([]);
  });

  it('shows in a plan what it would do, without doing it', async () => {
    job(
      judgeOf(', key_env: AWS_SECRET_ACCESS_KEY'),
      'out: ../elsewhere\nrules: [{id: r, check: command, run: [touch, x]}]',
    );
    const { code, out } = await quorate('plan', 'job.yaml');
    expect(code).toBe(0);
    expect(out).toContain('send the key in AWS_SECRET_ACCESS_KEY');
    expect(out).toContain('run touch x: rule r [needs consent]');
    expect(out).toMatch(/write outside the project .*elsewhere: out \[needs consent\]/);
    const json = JSON.parse((await quorate('plan', 'job.yaml', '--json')).out) as { access: unknown[] };
    expect(json.access).toHaveLength(4);
    expect(catcher.seen).toEqual([]);
  });

  it('asks no metadata service, even without a key', async () => {
    job('provider: openai-compatible, model: m, base_url: "http://169.254.169.254/v1"');
    const { code, err } = await quorate('doctor', 'job.yaml');
    expect(code).toBe(2);
    expect(err).toContain('cloud metadata');
  });

  it('needs no consent for a local server with a local key, or without one', async () => {
    for (const more of ['', ', key_env: KEY']) {
      job(judgeOf(more));
      expect((await quorate('doctor', 'job.yaml')).code).toBe(4);
    }
    expect(catcher.seen.length).toBeGreaterThan(0);
  });

  it.each(['../x', 'link/x'])('writes nothing outside its folder (out: %s)', async (out) => {
    if (out.startsWith('link')) symlinkSync(state.folder, here.path('link'));
    job('provider: heuristic', `out: ${out}`);
    const { code, err } = await quorate('run', 'job.yaml');
    expect(code).toBe(2);
    expect(err).toContain('write outside the project');
    expect((await quorate('run', 'job.yaml', '--out', 'inside', '--quiet')).code).toBe(0);
  });

  it.each(['AWS_SECRET_ACCESS_KEY', 'DATABASE_URL', 'KEY'])(
    'does not expand the variable %s',
    async (name) => {
      for (const judge of [
        `provider: openai-compatible, model: "\${${name}}", base_url: "${address}"`,
        `provider: openai-compatible, model: m, base_url: "${address}/\${${name}}"`,
        `provider: openai-compatible, model: m, base_url: "\${${name}}"`,
        `provider: recorded, model: "\${${name}}"`,
      ]) {
        job(judge);
        const { code, err } = await quorate('doctor', 'job.yaml', '--trust');
        expect(code).toBe(2);
        expect(err).toContain(name);
        expect(err).not.toContain('value');
      }
      job('provider: heuristic', `labels: "\${${name}}"`);
      expect((await quorate('plan', 'job.yaml')).err).not.toContain('value');
      expect(catcher.seen).toEqual([]);
    },
  );

  it('expands a variable that it declares only after consent', async () => {
    job(
      `provider: openai-compatible, model: "\${DATABASE_URL}", base_url: "${address}"`,
      'env: [DATABASE_URL]',
    );
    const { code, err } = await quorate('doctor', 'job.yaml');
    expect(code).toBe(2);
    expect(err).toContain('the value of DATABASE_URL');
    expect(catcher.seen).toEqual([]);
  });
});

describe('quorate trust', () => {
  it('lets a project act until one of its files changes', async () => {
    job(judgeOf(', key_env: AWS_SECRET_ACCESS_KEY'));
    expect((await quorate('trust', 'job.yaml', '--show')).code).toBe(1);
    expect((await quorate('trust', 'job.yaml')).code).toBe(0);
    expect((await quorate('trust', 'job.yaml', '--show')).code).toBe(0);
    expect((await quorate('doctor', 'job.yaml')).code).toBe(4);
    expect(catcher.seen[0]).toContain('aws-secret-value');
    job(judgeOf(', key_env: AWS_SECRET_ACCESS_KEY, temperature: 0'));
    catcher.seen.length = 0;
    expect((await quorate('doctor', 'job.yaml')).code).toBe(2);
    expect(catcher.seen).toEqual([]);
  });

  it('is withdrawn by --revoke', async () => {
    job(judgeOf(', key_env: AWS_SECRET_ACCESS_KEY'));
    await quorate('trust', 'job.yaml');
    await quorate('trust', 'job.yaml', '--revoke');
    expect((await quorate('doctor', 'job.yaml')).code).toBe(2);
  });

  it('covers the scripts that commands name', async () => {
    here.write('check.sh', 'echo "{\\"pass\\": true}"');
    job('provider: heuristic', 'rules: [{id: r, check: command, run: [sh, ./check.sh]}]');
    expect((await quorate('run', 'job.yaml', '--quiet')).code).toBe(2);
    await quorate('trust', '.');
    expect((await quorate('run', 'job.yaml', '--quiet')).code).toBe(0);
    here.write('check.sh', 'touch pwned');
    expect((await quorate('run', 'job.yaml', '--quiet')).code).toBe(2);
    expect((await quorate('run', 'job.yaml', '--quiet', '--allow-commands')).code).toBe(0);
  });

  it('keeps its records to the user, outside the project', async () => {
    job(judgeOf(', key_env: AWS_SECRET_ACCESS_KEY'));
    await quorate('trust', 'job.yaml');
    const folder = join(state.folder, 'quorate', 'trust');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });

  it('names a file that is none of a project', async () => {
    here.write('rubric.yaml', 'id: r\nverdict: brackets\n');
    expect((await quorate('trust', 'rubric.yaml')).code).toBe(2);
    expect((await quorate('trust', 'no-such.yaml')).code).toBe(2);
  });
});

describe('a loop that was not trusted', () => {
  const loop = new Workspace();
  const run = (...argv: readonly string[]) => loop.quorate(argv, { env });

  beforeEach(() => {
    mkdirSync(loop.path('ds'), { recursive: true });
    loop.write('ds/train.jsonl', '{}\n');
    loop.write('ds/manifest.json', JSON.stringify({ content_hash: '0'.repeat(64) }));
    loop.write('p.jsonl', '');
  });

  it.each([
    ['train', 'train: {dataset: ds, shell: "touch PWNED"}'],
    ['loop', 'cadence: {safety: {work: {shell: "touch PWNED"}}}'],
    ['loop', 'triggers: {time_to_improvement: {action: {run: [touch, PWNED]}}}'],
    ['triggers', 'state: ../outside.db'],
  ])('%s runs and writes nothing (%s)', async (command, section) => {
    loop.write('loop.yaml', `model: bot\npreferences: p.jsonl\n${section}\n`);
    const argv = command === 'loop' ? ['loop', '--once'] : [command];
    const { code, err } = await run(...argv);
    expect(code).toBe(2);
    expect(err).toMatch(/run touch PWNED|outside\.db/);
    expect(readdirSync(loop.folder)).not.toContain('PWNED');
    expect(readdirSync(loop.folder)).not.toContain('.quorate');
  });

  it('runs its commands with --trust', async () => {
    loop.write('loop.yaml', 'model: bot\npreferences: p.jsonl\ntrain: {dataset: ds, shell: "touch RAN"}\n');
    await run('train', '--trust');
    expect(readdirSync(loop.folder).includes('RAN') || readdirSync(loop.folder).includes('loop')).toBe(true);
  });
});
