import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../support/temp-folder.ts';

const root = join(import.meta.dirname, '..', '..');
const built = existsSync(join(root, 'dist', 'index.js'));
const { exports: entries } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  exports: Record<string, string | { types: string; default: string }>;
};

// a package may import itself by its name: what a user sees is what is tested
describe.runIf(built)('the built package', () => {
  it('exports these names; a change is a decision', () => {
    const names = Object.keys(entries).filter((entry) => entry !== './package.json');
    const program = `
      const out = {};
      for (const name of ${JSON.stringify(names)}) {
        const entry = name.replace('.', 'quorate');
        out[entry] = Object.keys(await import(entry)).sort();
      }
      console.log(JSON.stringify(out));`;
    const { stdout, stderr } = spawnSync('node', ['--input-type=module', '-e', program], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchSnapshot();
  });

  it('has types for every entry', () => {
    for (const entry of Object.values(entries)) {
      if (typeof entry !== 'string') expect(existsSync(join(root, entry.types)), entry.types).toBe(true);
    }
  });

  const folder = join(root, 'examples', 'library');
  const programs = readdirSync(folder).filter((name) => name.endsWith('.mjs') && name !== 'plugin.mjs');
  it('loads examples/library/plugin.mjs as a plugin of the command line', () => {
    const cwd = tempFolder();
    const candidates = [
      { id: 'a', text: 'Hello.' },
      { id: 'b', text: 'Hello there! 🎉' },
    ];
    writeFileSync(join(cwd, 'items.jsonl'), `${JSON.stringify({ id: 'q', prompt: 'Greet.', candidates })}\n`);
    writeFileSync(
      join(cwd, 'job.yaml'),
      'items: items.jsonl\nrubric: helpfulness\npanel: [{id: echo, provider: echo, model: m}]\nexport: [{out: tsv, format: tsv-ready, min_probability: 0.5}]\n',
    );
    const call = [join(root, 'bin', 'quorate.js'), 'run', 'job.yaml', '--plugin', join(folder, 'plugin.mjs')];
    const { status, stderr } = spawnSync('node', call, {
      cwd,
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '' },
    });
    expect(status, stderr).toBe(0);
    const votes = readFileSync(join(cwd, 'out', 'votes.jsonl'), 'utf8');
    for (const text of ['"rater":"echo"', '"rater":"brevity"', 'it has an emoji'])
      expect(votes).toContain(text);
    expect(stderr).not.toContain('not a format');
  });

  it.each(programs)('runs examples/library/%s without a network', (name) => {
    const cwd = tempFolder();
    const { status, stdout, stderr } = spawnSync('node', [join(folder, name), join(cwd, 'out')], {
      cwd,
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '' },
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toMatchSnapshot();
  });
});
