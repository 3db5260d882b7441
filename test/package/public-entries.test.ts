import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

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
  it.each(programs)('runs examples/library/%s without a network', (name) => {
    const cwd = mkdtempSync(join(tmpdir(), 'quorate-library-'));
    try {
      const { status, stdout, stderr } = spawnSync('node', [join(folder, name), join(cwd, 'out')], {
        cwd,
        encoding: 'utf8',
        env: { PATH: process.env.PATH ?? '' },
      });
      expect(stderr).toBe('');
      expect(status).toBe(0);
      expect(stdout).toMatchSnapshot();
    } finally {
      rmSync(cwd, { recursive: true });
    }
  });
});
