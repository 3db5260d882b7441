import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shippedFolder } from '../../src/config/yaml/shipped-files.ts';
import { readPreferences } from '../../src/datasets/read-preferences.ts';
import { type FakeProvider, startFakeProvider } from '../support/fake-provider.ts';
import { Workspace } from '../support/workspace.ts';

/** The example as a newcomer gets it, without the judges that a server on this machine could bring. */
function copyQuickstart(workspace: Workspace): void {
  cpSync(join(shippedFolder('examples'), 'quickstart'), workspace.folder, {
    recursive: true,
    filter: (path) => !/[\\/](out|\.quorate)([\\/]|$)/.test(path.slice(shippedFolder('examples').length)),
  });
  workspace.write('job.yaml', withoutLocalServers(workspace.read('job.yaml')));
}

describe('the first steps', () => {
  let workspace: Workspace;
  beforeEach(() => {
    workspace = new Workspace();
  });
  afterEach(() => workspace.remove());

  it.each(['pairs', 'gate', 'agreement'])(
    'what `quorate init --template %s` writes runs at once',
    async (template) => {
      expect((await workspace.quorate(['init', '--template', template, '--judge', 'none'])).code).toBe(0);
      const { code, err } = await workspace.quorate(['run', 'job.yaml'], { env: {} });
      expect(code, err).toBe(0);
      expect(err).toContain('No LLM took part');
      expect(
        workspace.votes().every((vote) => vote.rater_kind === 'rule' && vote.model === 'heuristic'),
      ).toBe(true);
      const report = JSON.parse(workspace.read('out/report.json'));
      expect(report.has_llm_judge).toBe(false);
      expect(existsSync(workspace.path('out/dpo/train.jsonl'))).toBe(template === 'pairs');
    },
  );

  it('the quickstart needs no key, says that no LLM took part, and is right more often than chance', async () => {
    copyQuickstart(workspace);
    const only = ['features', 'reference', 'instructions', 'gpt', 'claude'];
    const index = ['facts', 'index', 'notes', '--corpus', '.quorate/corpus.db'];
    expect((await workspace.quorate(index, { env: {} })).code).toBe(0);
    const { code, err } = await workspace.quorate(['run', 'job.yaml'], { env: {} });
    expect(code, err).toBe(0);
    expect(err).toContain('skipped: gpt: OPENAI_API_KEY is not set');
    expect(err).toContain('No LLM took part');
    expect(only.slice(0, 3).every((rater) => workspace.votes().some((vote) => vote.rater === rater))).toBe(
      true,
    );
    const refuted = workspace
      .votes()
      .filter((vote) => vote.kind === 'pointwise' && vote.criterion === 'refuted' && vote.score === 0);
    expect(refuted.map((vote) => vote.item)).toEqual(['fact-everest', 'fact-bats']);
    let pairs = 0;
    for await (const preference of readPreferences(workspace.path('out/preferences.jsonl'))) {
      expect(preference.probability).toBeGreaterThanOrEqual(0.5);
      pairs += 1;
    }
    expect(pairs).toBeGreaterThan(100);
  });

  it('the quickstart script ends with ten lines: the result, a page to open and the next command', async () => {
    copyQuickstart(workspace);
    const script = fileURLToPath(new URL('../../scripts/quickstart.mjs', import.meta.url));
    const env = { PATH: process.env.PATH, OLLAMA_MODEL: 'none' };
    const { status, stderr } = spawnSync(process.execPath, [script, workspace.folder], {
      env,
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
    const lines = stderr.slice(stderr.lastIndexOf('wrote ')).trimEnd().split('\n').slice(1);
    expect(lines.length).toBeLessThanOrEqual(10);
    for (const line of lines.slice(0, 5)) expect(line.length).toBeLessThan(120);
    expect(lines[1]).toMatch(/^64 prompts, 160 pairs: \d+ accepted/);
    expect(stderr).toContain('No LLM took part');
    const [, page] = /Open the page: +(file:\S+)/.exec(stderr)!;
    expect(readFileSync(fileURLToPath(page!), 'utf8')).toContain('<svg');
    const [, next] = /Next: +node bin\/quorate\.js (explain \S+)/.exec(stderr)!;
    expect((await workspace.quorate(next!.split(' '))).code).toBe(0);
  });

  describe('with a server in reach', () => {
    let fake: FakeProvider;
    beforeEach(async () => {
      fake = await startFakeProvider();
    });
    afterEach(() => fake.close());

    it('a judge that waits for it is added automatically', async () => {
      await workspace.quorate(['init', '--judge', 'ollama']);
      workspace.write(
        'job.yaml',
        workspace.read('job.yaml').replace('http://127.0.0.1:11434/v1', fake.openAiUrl),
      );
      const { err } = await workspace.quorate(['run', 'job.yaml'], { env: {} });
      expect(err).not.toContain('left out');
      expect(workspace.votes().some((vote) => vote.rater === 'ollama' && vote.rater_kind === 'llm')).toBe(
        true,
      );
      expect(JSON.parse(workspace.read('out/report.json')).has_llm_judge).toBe(true);
    });
  });
});

/** The test must not find a server of the machine it runs on. */
function withoutLocalServers(job: string): string {
  return job.replace(/ {2}- id: ollama[\s\S]*?(?=\n# checks)/, '');
}
