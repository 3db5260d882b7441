import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeProvider, startFakeProvider } from '../support/fake-provider.ts';
import { jobYaml, pairs, rubricYaml, Workspace } from '../support/workspace.ts';

describe('the training sets of a job', () => {
  let fake: FakeProvider;
  let workspace: Workspace;

  beforeEach(async () => {
    // the first answer is the better one, wherever it stands
    fake = await startFakeProvider({
      behave: ({ prompt }) =>
        prompt.indexOf('First answer') < prompt.indexOf('Second answer') ? '[[A]]' : '[[B]]',
    });
    workspace = new Workspace();
    workspace.write('rubric.yaml', rubricYaml('brackets'));
    workspace.writeJsonLines('items.jsonl', pairs(12));
  });

  afterEach(async () => {
    workspace.remove();
    await fake.close();
  });

  const writeJob = (...entries: readonly string[]) => {
    const list = entries.map((entry) => `  - ${entry}`).join('\n');
    const more = `reconcile: { accept: 0.5 }\nexport:\n${list}`;
    workspace.write('job.yaml', jobYaml({ baseUrl: fake.openAiUrl, more }));
  };

  const run = async (...flags: readonly string[]) => {
    const { code, err } = await workspace.quorate(['run', 'job.yaml', ...flags]);
    expect(code, err).toBe(0);
    return err;
  };

  /** Every file of a folder, by name. */
  const filesOf = (folder: string) => {
    const names = readdirSync(workspace.path(folder)).sort();
    return Object.fromEntries(
      names.map((name) => [name, readFileSync(workspace.path(`${folder}/${name}`)).toString('latin1')]),
    );
  };

  const rowsIn = (file: string) =>
    workspace
      .read(file)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('are all written by one run, and say how many rows went where', async () => {
    writeJob(
      '{ format: trl-dpo, out: dpo }',
      '{ kind: kto, format: axolotl, out: sets/kto, splits: { train: 0.5, test: 0.5 } }',
      '{ kind: sft, format: openai, out: sets/sft }',
      '{ kind: reward, out: reward, container: parquet }',
      '{ kind: ranking, format: ultrafeedback, out: ranking }',
    );
    const err = await run();
    expect(err).toContain('out/dpo: 12 train (trl-dpo)\n');
    expect(err).toContain('out/sets/kto: 14 train, 10 test (kto, axolotl, jsonl)\n');
    expect(err).toContain('out/sets/sft: 12 train (sft, openai, jsonl)\n');
    expect(err).toContain('out/reward: 12 train (reward, trl, parquet)\n');
    expect(err).toContain('out/ranking: 12 train (ranking, ultrafeedback, jsonl)\n');

    expect(Object.keys(rowsIn('out/dpo/train.jsonl')[0]!)).toEqual(['prompt', 'chosen', 'rejected']);
    expect(rowsIn('out/sets/kto/test.jsonl')).toHaveLength(10);
    expect(Object.keys(rowsIn('out/sets/kto/train.jsonl')[0]!)).toEqual(['prompt', 'completion', 'label']);
    expect(Object.keys(rowsIn('out/sets/sft/train.jsonl')[0]!)).toEqual(['messages']);
    expect(filesOf('out/reward')['train.parquet']).toMatch(/^PAR1/);
  });

  it('are the same bytes after another run', async () => {
    writeJob(
      '{ format: trl-dpo, out: dpo }',
      '{ kind: kto, out: kto, splits: { train: 0.5, test: 0.5 } }',
      '{ kind: reward, out: reward, container: parquet }',
    );
    await run();
    const folders = ['out/dpo', 'out/kto', 'out/reward'];
    const first = folders.map(filesOf);
    expect(first.map((files) => files['manifest.json']!.match(/"train": \d+/)?.[0])).toEqual([
      '"train": 12',
      '"train": 14',
      '"train": 12',
    ]);
    await run();
    expect(folders.map(filesOf)).toEqual(first);
    expect(fake.ledger.counts.answered).toBe(24);
  });

  it('are what quorate export makes of the same words', async () => {
    const words = {
      kind: 'kto',
      format: 'llama-factory',
      container: 'csv',
      splits: '{ train: 0.6, test: 0.4 }',
      seed: '5',
      min_probability: '0.6',
      pii: 'refuse',
      title: 'Same',
      license: 'mit',
    };
    const entry = Object.entries(words).map(([key, value]) => `${key}: ${value}`);
    writeJob(`{ out: by-job, ${entry.join(', ')} }`);
    await run();
    const flags = Object.entries({ ...words, splits: 'train=0.6,test=0.4' }).flatMap(([key, value]) => [
      `--${key.replaceAll('_', '-')}`,
      value,
    ]);
    const inputs = ['--preferences', 'out/preferences.jsonl', '--items', 'items.jsonl'];
    const { code, err } = await workspace.quorate(['export', ...inputs, '--out', 'by-hand', ...flags]);
    expect(code, err).toBe(0);
    const withoutOrigin = (folder: string) => {
      const { 'manifest.json': manifest, 'README.md': _card, ...files } = filesOf(folder);
      const { origin: _origin, ...rest } = JSON.parse(manifest!) as Record<string, unknown>;
      return { ...files, manifest: rest };
    };
    expect(withoutOrigin('by-hand')).toEqual(withoutOrigin('out/by-job'));
  });

  it('say so when they are empty, and fail nothing', async () => {
    writeJob('{ kind: ranking, format: trl, out: none }', '{ kind: kto, out: kto }');
    const err = await run();
    expect(err).toContain('out/none: no rows (ranking, trl, jsonl), left out: 12 trl_has_no_ranking\n');
    expect(err).toContain('out/kto: 24 train (kto, trl, jsonl)\n');
    expect(JSON.parse(workspace.read('out/none/manifest.json')).rows).toEqual({});
  });

  it('go with the results into the folder that the command line names', async () => {
    writeJob('{ format: trl-dpo, out: dpo }');
    expect(await run('--out', 'elsewhere')).toContain('elsewhere/dpo: 12 train (trl-dpo)\n');
    expect(readdirSync(workspace.folder)).not.toContain('out');
  });

  it('leave a folder alone that no export wrote, wherever the command line puts the results', async () => {
    writeJob('{ format: trl-dpo, out: dpo }');
    mkdirSync(workspace.path('elsewhere/dpo'), { recursive: true });
    workspace.write('elsewhere/dpo/thesis.txt', 'the only copy');
    const { code, err } = await workspace.quorate(['run', 'job.yaml', '--out', 'elsewhere']);
    expect(err).toMatch(/elsewhere\/dpo has content that no export wrote \(thesis\.txt\)/);
    expect(code).toBe(2);
    expect(fake.ledger.counts.calls).toBe(0);
    expect(workspace.read('elsewhere/dpo/thesis.txt')).toBe('the only copy');
  });

  it('that would destroy each other are a mistake before anything is asked', async () => {
    writeJob('{ out: dpo }', '{ out: dpo, kind: kto }', '{ out: x, kind: dpo }');
    const { code, err } = await workspace.quorate(['run', 'job.yaml']);
    expect(code).toBe(2);
    expect(err).toMatch(/job\.yaml:\d+:12: export\[1\]\.out is also the folder of export\[0\]/);
    expect(err).toMatch(/job\.yaml:\d+:21: export\[2\]\.kind must be one of preference/);
    expect(fake.ledger.counts.calls).toBe(0);
  });
});
