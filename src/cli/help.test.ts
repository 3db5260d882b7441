import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { quorate as run } from '../../test/support/workspace.ts';
import { commandGroups } from './command.ts';
import { commands } from './command-list.ts';
import { exitCodes } from './exit-codes.ts';

const quorate = (...argv: string[]) => run(argv, { cwd: '/' });

describe('quorate --help', () => {
  it('lists every command under its group, in order', async () => {
    const { out, code } = await quorate('--help');
    expect(code).toBe(exitCodes.ok);
    const headings = commandGroups.map((group) => out.indexOf(`\n${group}:\n`));
    expect(headings).not.toContain(-1);
    expect(headings).toEqual([...headings].sort((a, b) => a - b));
    for (const { name } of commands) expect(out).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'));
  });

  it.each(commands.map((module) => [module.name, module] as const))(
    'gives examples of %s that its own options accept',
    async (name, module) => {
      const { out } = await quorate(name, '--help');
      for (const example of module.examples) {
        expect(out).toContain(`  $ ${example}\n`);
        const [program, command, ...words] = example.split(' ');
        expect([program, command]).toEqual(['quorate', name]);
        expect(() => parse(words)).not.toThrow();
      }

      function parse(words: readonly string[]): void {
        const root = new Command();
        module.register(root, () => async () => {});
        allow(root);
        root.parse([name, ...words], { from: 'user' });
      }
    },
  );

  it('documents the negative answer of every command that has one', async () => {
    for (const name of ['gate', 'export', 'train', 'models', 'triggers', 'ab', 'doctor']) {
      expect((await quorate(name, '--help')).out, name).toMatch(/Exit codes:\n(.*\n)*? {2}1 {2}\S/);
    }
  });
});

describe('a flag of an earlier version', () => {
  it('is answered with the flag to use', async () => {
    const { code, err } = await quorate('simulate', '--votes', 'votes.jsonl', '--no-teach');
    expect(code).toBe(exitCodes.usage);
    expect(err).toContain('use --no-fit-labels');
  });

  it('is only looked for among the flags of its own command', async () => {
    const { err } = await quorate('plan', '--no-teach');
    expect(err).not.toContain('use --no-fit-labels');
  });
});

/** Errors throw instead of ending the process. */
function allow(command: Command): void {
  command.exitOverride().configureOutput({ writeErr: () => {} });
  for (const sub of command.commands) allow(sub);
}
