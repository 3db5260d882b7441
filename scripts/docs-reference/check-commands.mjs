import { readdirSync, readFileSync } from 'node:fs';

/** Commands in fenced blocks and inline code of the documentation whose command or option the program lacks. */
export function findUnknownFlags(program, root) {
  const known = new Set(allOptions(program));
  return pagesOf(root).flatMap((file) => {
    const text = readFileSync(`${root}${file}`, 'utf8');
    const commands = commandsIn(text).flatMap(({ line, words }) => {
      const problem = problemOf(program, words);
      return problem === null ? [] : [`${file}:${line}: \`quorate ${words.join(' ')}\`: ${problem}`];
    });
    return [...commands, ...loneOptions(text, known).map((found) => `${file}:${found}`)];
  });
}

/** Options in code marks of their own, such as `--seed 1`, that no command has. */
function loneOptions(text, known) {
  return text
    .split('\n')
    .flatMap((line, index) =>
      [...line.matchAll(/`(--[a-z][a-z-]*)[^`]*`/g)]
        .filter(([, option]) => !known.has(option))
        .map(([, option]) => `${index + 1}: no command has the option ${option}`),
    );
}

/** The options of every command, and one of the npm scripts. */
function allOptions(command) {
  const own = command.options.map((one) => one.long);
  return [...own, ...command.commands.flatMap(allOptions), '--check'];
}

/** Every Markdown page that is documentation, as a path from the root. */
export function pagesOf(root) {
  const under = ['docs', 'bench', 'examples'].flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true })
      .filter((file) => file.endsWith('.md') && !/(^|\/)(\.vitepress|api|out|node_modules)\//.test(file))
      .map((file) => `${folder}/${file}`),
  );
  return [...under, ...readdirSync(root).filter((file) => file.endsWith('.md') && file !== 'CHANGELOG.md')];
}

/** Every `quorate …` of a page, continued lines joined, cut at comments, pipes and redirections. */
function commandsIn(text) {
  const found = [];
  let inBlock = false;
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    if (/^\s*```/.test(lines[at])) {
      inBlock = !inBlock;
      continue;
    }
    const line = at + 1;
    if (inBlock) {
      let whole = lines[at];
      while (whole.endsWith('\\') && at + 1 < lines.length) whole = `${whole.slice(0, -1)} ${lines[++at]}`;
      const match = /^\s*(?:\$ )?(?:npx )?quorate (.*)/.exec(whole);
      if (match) found.push({ line, words: wordsOf(match[1]) });
    } else {
      for (const match of lines[at].matchAll(/`quorate ([^`]*)`/g))
        found.push({ line, words: wordsOf(match[1]) });
    }
  }
  return found;
}

function wordsOf(text) {
  const command = text.split(/\s(?:#|\||>|2>|&&|;)(?:\s|$)/)[0].replace(/\s{4,}\(.*$/, '');
  return command.split(/\s+/).filter(Boolean);
}

/** @returns what is wrong with a command line, or null. Words in capitals stand for any command. */
function problemOf(program, words) {
  let command = program;
  const rest = [...words];
  while (command.commands.length > 0 && rest.length > 0 && !rest[0].startsWith('-')) {
    const name = rest[0].replace(/[,.…:]+$/, '');
    if (name === '' || /^[A-Z]+$/.test(name) || name.includes('|') || name === '…') return null;
    const next = command.commands.find((one) => one.name() === name || one.aliases().includes(name));
    if (next === undefined) return `there is no command ${name}`;
    command = next;
    rest.shift();
  }
  const known = [
    '--help',
    '--version',
    '-h',
    '-V',
    ...command.options.flatMap((one) => [one.long, one.short]),
  ];
  for (const word of rest) {
    const flag = /^\[?(--[a-z][a-z-]*)/.exec(word)?.[1];
    if (flag !== undefined && !known.includes(flag)) return `there is no option ${flag}`;
  }
  return null;
}
