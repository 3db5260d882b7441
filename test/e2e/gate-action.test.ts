import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadGate } from '../../src/config/gate/load-gate.ts';
import { bothOrders, responses } from '../support/gate-parts.ts';
import { Workspace } from '../support/workspace.ts';

const root = join(import.meta.dirname, '../..');

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: {
    readonly steps: readonly {
      readonly id?: string;
      readonly run?: string;
      readonly env?: Readonly<Record<string, string>>;
    }[];
  };
}
const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Action;
const step = action.runs.steps.find(({ id }) => id === 'gate')!;

describe('action.yml', () => {
  let workspace: Workspace;
  beforeEach(() => {
    workspace = new Workspace();
    workspace.writeJsonLines(
      'new.jsonl',
      responses(60, 'new', (index) => `new ${index}`),
    );
    workspace.writeJsonLines(
      'old.jsonl',
      responses(60, 'old', (index) => `old ${index}`),
    );
    workspace.writeJsonLines(
      'votes one.jsonl',
      bothOrders(60, 'one', () => 'candidate'),
    );
    workspace.writeJsonLines(
      'two.jsonl',
      bothOrders(60, 'two', (index) => (index % 3 ? 'candidate' : 'baseline')),
    );
  });
  afterEach(() => workspace.remove());

  /** The step as a runner runs it: every input through the environment. */
  function gate(inputs: Readonly<Record<string, string>>) {
    const env: Record<string, string> = {};
    for (const [name, value] of Object.entries(step.env!)) {
      const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value)![1]!;
      env[name] = inputs[input] ?? action.inputs[input]!.default ?? '';
    }
    const ran = spawnSync('bash', ['-c', step.run!], {
      cwd: workspace.folder,
      encoding: 'utf8',
      env: {
        ...process.env,
        ...env,
        GITHUB_ACTION_PATH: root,
        GITHUB_STEP_SUMMARY: workspace.path('summary.md'),
        GITHUB_OUTPUT: workspace.path('output'),
      },
    });
    return { code: ran.status, out: ran.stdout, err: ran.stderr };
  }

  it('puts no input into a script, only into its environment', () => {
    for (const { run = '' } of action.runs.steps) expect(run).not.toContain('${{');
  });

  it('passes, with a summary, outputs and every report', () => {
    const { code, out, err } = gate({
      candidate: 'new.jsonl',
      baseline: 'old.jsonl',
      votes: 'votes one.jsonl\ntwo.jsonl\n',
    });
    expect(err).toMatch(/wrote quorate-gate\/junit\.xml/);
    expect(code).toBe(0);
    expect(out).toMatch(/^::notice title=quorate gate::PASS: new against old$/m);
    expect(workspace.read('output')).toBe('answer=pass\nreport=quorate-gate/report.md\n');
    expect(workspace.read('summary.md')).toMatch(/^## ✅ PASS: new against old/);
    expect(JSON.parse(workspace.read('quorate-gate/result.json')).counts.votes).toBe(240);
    for (const file of ['junit.xml', 'report.html'])
      expect(existsSync(workspace.path(`quorate-gate/${file}`))).toBe(true);
  });

  it('fails a job whose gate is inconclusive, unless configured otherwise, and for bad input', () => {
    workspace.writeJsonLines(
      'ties.jsonl',
      bothOrders(30, 'one', () => 'tie'),
    );
    const files = { candidate: 'new.jsonl', baseline: 'old.jsonl', votes: 'ties.jsonl' };
    expect(gate(files).code).toBe(3);
    expect(gate({ ...files, inconclusive: 'pass' }).code).toBe(0);
    expect(workspace.read('output')).toContain('answer=inconclusive');
    expect(gate({ ...files, candidate: '$(touch hacked)', inconclusive: 'pass' }).code).toBe(2);
    expect(existsSync(workspace.path('hacked'))).toBe(false);
  });
});

describe('scripts/gate-action.sh', () => {
  let workspace: Workspace;
  beforeEach(() => {
    workspace = new Workspace();
    mkdirSync(workspace.path('action/bin'), { recursive: true });
    // records its arguments and writes the report that the script quotes
    workspace.write(
      'action/bin/quorate.js',
      `const fs = require('node:fs'); const args = process.argv.slice(2);
       fs.writeFileSync(process.env.ARGS, JSON.stringify(args));
       fs.writeFileSync(args.find((arg) => arg.startsWith('--markdown=')).slice(11), 'report');`,
    );
  });
  afterEach(() => workspace.remove());

  function run(inputs: Readonly<Record<string, string>>) {
    for (const name of ['output', 'args.json'])
      if (existsSync(workspace.path(name))) rmSync(workspace.path(name));
    const { status } = spawnSync('bash', [join(root, 'scripts/gate-action.sh')], {
      cwd: workspace.folder,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        CANDIDATE: 'c',
        BASELINE: 'b',
        REPORTS: 'reports',
        ...inputs,
        ARGS: workspace.path('args.json'),
        GITHUB_ACTION_PATH: workspace.path('action'),
        GITHUB_STEP_SUMMARY: workspace.path('summary.md'),
        GITHUB_OUTPUT: workspace.path('output'),
      },
    });
    return status;
  }

  const names = ['CANDIDATE', 'BASELINE', 'ITEMS', 'GATE', 'MAX_USD', 'SEQUENTIAL', 'TRUST', 'INCONCLUSIVE'];
  const hostile = fc.stringMatching(/^[-a-z$`'"\\;&|<>(){}*?!~# =/.\n\r\t]{1,30}$/);

  it('takes each input for one value, or refuses it', () => {
    const folder = fc.stringMatching(/^[-a-z$`'"\\;&|<>(){}*?!# =\n]{1,20}$/);
    fc.assert(
      fc.property(fc.constantFrom(...names), hostile, hostile, folder, (name, value, votes, reports) => {
        const code = run({ [name]: value, VOTES: votes, REPORTS: reports });
        if (/[\n\r\t]/.test(value + reports) || /[\r\t]/.test(votes)) {
          expect(code).toBe(2);
          expect(existsSync(workspace.path('args.json'))).toBe(false);
          return;
        }
        expect(code).toBe(0);
        const args = JSON.parse(workspace.read('args.json')) as string[];
        const flag = `--${name.toLowerCase().replace('_', '-')}`;
        if (['SEQUENTIAL', 'TRUST'].includes(name)) expect(args.includes(flag)).toBe(value === 'true');
        else if (name !== 'INCONCLUSIVE') expect(args).toContain(`${flag}=${value}`);
        const files = votes.split('\n').filter((line) => line !== '');
        expect(args.filter((arg) => arg.startsWith('--votes='))).toEqual(
          files.map((file) => `--votes=${file}`),
        );
        expect(workspace.read('output').split('\n')).toHaveLength(3);
        expect(workspace.read('output')).toMatch(/^answer=pass\nreport=/);
      }),
      { numRuns: 40 },
    );
  });

  it.each(['report=x\nanswer=pass', 'a\rb', 'a\u001bb'])('adds no line to the outputs (%j)', (text) => {
    for (const name of [...names, 'REPORTS']) expect(run({ [name]: text })).toBe(2);
  });
});

describe('examples/gate', () => {
  it('has a gate file that loads', async () => {
    const { settings, job } = await loadGate(join(root, 'examples/gate/gate.yaml'), {});
    expect(settings.criteria!.map(({ id, required }) => [id, required])).toEqual([
      ['better', true],
      ['not-only-longer', false],
    ]);
    expect(job!.panel).toHaveLength(2);
  });

  it('has a workflow that uses known inputs of the action', () => {
    const workflow = parse(readFileSync(join(root, 'examples/gate/workflow.yml'), 'utf8'));
    const used = workflow.jobs.gate.steps.find(({ id }: { id?: string }) => id === 'gate');
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(used.with)));
  });
});
