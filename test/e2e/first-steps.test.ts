import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shippedFolder } from '../../src/config/yaml/shipped-files.ts';
import { readPreferences } from '../../src/datasets/read-preferences.ts';
import { type FakeProvider, startFakeProvider } from '../support/fake-provider.ts';
import { Workspace } from '../support/workspace.ts';

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
    cpSync(join(shippedFolder('examples'), 'quickstart'), workspace.folder, {
      recursive: true,
      filter: (path) => !/[\\/](out|\.quorate)([\\/]|$)/.test(path.slice(shippedFolder('examples').length)),
    });
    const only = ['features', 'reference', 'instructions', 'gpt', 'claude'];
    workspace.write('job.yaml', withoutLocalServers(workspace.read('job.yaml')));
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

  describe('with a server in reach', () => {
    let fake: FakeProvider;
    beforeEach(async () => {
      fake = await startFakeProvider();
    });
    afterEach(() => fake.close());

    it('a judge that waits for it joins in by itself', async () => {
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
