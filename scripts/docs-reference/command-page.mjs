// The command line as a Markdown page, from the commands that commander knows.

/**
 * @param program commander's root command with every subcommand registered
 * @param modules the commands as the program lists them, with group, examples and exit codes
 */
export function commandPage(program, modules, groups, exitCodes) {
  const lines = [
    '# Command line',
    '',
    'Data goes to stdout, messages and progress to stderr. `quorate COMMAND --help` prints the same text as below.',
    'Running the same command again continues where it stopped.',
    '',
    '| group | commands |',
    '|---|---|',
    ...groups.map((group) => `| ${group} | ${linksOf(modules.filter((one) => one.group === group))} |`),
    '',
    '## Exit codes',
    '',
    '| code | name | meaning |',
    '|---|---|---|',
    ...Object.entries(exitCodes).map(([name, code]) => `| ${code} | \`${name}\` | ${meanings[code]} |`),
    '',
    'What they mean for single commands, where the general meaning does not say it:',
    '',
    '| command | code | meaning |',
    '|---|---|---|',
    ...modules.flatMap(({ name, exits = {} }) =>
      Object.entries(exits).map(([code, meaning]) => `| \`quorate ${name}\` | ${code} | ${cell(meaning)} |`),
    ),
  ];
  for (const module of modules) {
    const command = program.commands.find((one) => one.name() === module.name);
    lines.push('', ...commandLines(command, ['quorate'], 2));
  }
  return `${lines.join('\n')}\n`;
}

function linksOf(modules) {
  return modules.map(({ name }) => `[${name}](#quorate-${name})`).join(', ');
}

const meanings = {
  0: 'done; or the answer is positive (gate passed)',
  1: 'done; the answer is negative (gate failed, trigger due)',
  2: 'usage, configuration, input file or store: nothing was decided',
  3: 'inconclusive: not enough data for an answer',
  4: 'a provider refused the credentials',
  5: 'a provider failed',
  6: 'the budget is spent',
  130: 'interrupted; the same command continues',
};

function commandLines(command, path, depth) {
  if (command.name() === 'help') return [];
  const name = [...path, command.name()];
  const lines = [`${'#'.repeat(Math.min(depth, 4))} ${name.join(' ')}`, '', command.description()];
  const visible = command.options.filter((option) => !option.hidden);
  if (command.commands.length === 0) {
    const given = command.registeredArguments.map(argumentText);
    const usage = [...name, ...given, ...(visible.length > 0 ? ['[options]'] : [])];
    lines.push('', '```', usage.join(' '), '```');
  }
  if (command.registeredArguments.some((argument) => argument.description)) {
    lines.push('', '| argument | meaning |', '|---|---|');
    for (const argument of command.registeredArguments)
      lines.push(`| \`${cell(argument.name())}\` | ${cell(argument.description)} |`);
  }
  if (visible.length > 0) {
    lines.push('', '| option | default | meaning |', '|---|---|---|');
    for (const option of visible) lines.push(optionRow(option));
  }
  const examples = examplesOf(command);
  if (examples.length > 0) lines.push('', '```', ...examples, '```');
  for (const child of command.commands) lines.push('', ...commandLines(child, name, depth + 1));
  return lines;
}

/** The example lines that the help shows below the options. */
function examplesOf(command) {
  const written = [];
  command.configureOutput({ writeOut: (text) => written.push(text), getOutHelpWidth: () => 1000 });
  command.outputHelp();
  const text = written.join('');
  return [...(text.split('\nExamples:\n')[1] ?? '').matchAll(/^ {2}\$ (.*)$/gm)].map((match) => match[1]);
}

function optionRow(option) {
  const given = option.defaultValue;
  const empty = given === undefined || given === false || (Array.isArray(given) && given.length === 0);
  const byDefault = option.negate || empty ? '' : (option.defaultValueDescription ?? JSON.stringify(given));
  const choices = option.argChoices
    ? ` One of ${option.argChoices.map((one) => `\`${one}\``).join(', ')}.`
    : '';
  const required = option.mandatory ? ' (required)' : '';
  return `| \`${cell(option.flags)}\` | ${byDefault && `\`${cell(byDefault)}\``} | ${cell(`${option.description}${choices}${required}`)} |`;
}

function argumentText(argument) {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

const cell = (text) =>
  String(text)
    .replaceAll('|', '\\|')
    .replaceAll(/[<>]/g, (mark) => mark)
    .replaceAll('\n', ' ');
