import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../../test/support/temp-folder.ts';
import { ConfigError } from '../../domain/errors.ts';
import { loadJob } from '../job/load-job.ts';

const item = '{"id":"1","prompt":"p","candidates":[{"id":"a","text":"x"}]}\n';

async function load(sections: string) {
  const folder = tempFolder({ 'job.yaml': `items: items.jsonl\n${sections}`, 'items.jsonl': item });
  return loadJob(join(folder, 'job.yaml'), {});
}

async function mistakesOf(sections: string) {
  const error = await load(sections).then(
    () => expect.unreachable('the job was accepted'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ConfigError);
  return (error as ConfigError).mistakes.map(
    ({ file, line, column, message, hint }) =>
      `${file.split('/').at(-1)}:${line}:${column} ${message}${hint === undefined ? '' : ` | ${hint}`}`,
  );
}

describe('rules', () => {
  it('get their ids and defaults', async () => {
    const { rules } = await load(
      'rules:\n  - {check: length, max: 300}\n  - {id: clean, check: leak, severity: veto}\n',
    );
    expect(rules).toEqual([
      { id: 'length', check: 'length', unit: 'words', max: 300, severity: 'penalty' },
      { id: 'clean', check: 'leak', score: 0.5, severity: 'veto' },
    ]);
  });

  it.each([
    [
      '{check: regex, pattern: "(foo"}',
      /^job\.yaml:3:\d+ rules\[0\]\.pattern is not an RE2 regular expression.*missing closing \)/,
    ],
    ['{check: regex, pattern: "(?=a)b"}', /lookaround/],
    ['{check: json, schema: {type: objekt}}', /^job\.yaml:3:\d+ rules\[0\]\.schema is not a JSON Schema/],
    [
      '{check: json, schema: {type: string, format: emial}}',
      /not a JSON Schema.*unknown format "emial" at path/,
    ],
    [
      '{check: json, schema: {$ref: "https://example.org/a.json"}}',
      /not a JSON Schema.*can't resolve reference/,
    ],
    ['{check: json, schema: {$ref: "#"}}', /not a JSON Schema.*refers to itself endlessly/],
    [
      '{check: json, schema: {pattern: "(?=a)b"}}',
      /not a JSON Schema.*lookaround|not a JSON Schema.*invalid/,
    ],
    ['{check: json, schema: {pattern: "(a"}}', /not a JSON Schema.*missing closing/],
    ['{check: language, is: sw}', /^job\.yaml:3:\d+ rules\[0\]\.is .*not a detectable language/],
    ['{check: language, is: [en, klingon]}', /rules\[0\]\.is.* not a detectable language/],
    ['{check: jsn}', /rules\[0\]\.check must be one of regex, .* \| did you mean "json"\?/],
    ['{max: 3}', /rules\[0\]\.check is missing; expected one of regex/],
    ['{check: length, min: 1, maxx: 3}', /"maxx" is not a key of rules\[0\] \| did you mean "max"\?/],
    ['{check: length, min: 5, max: 3}', /rules\[0\]\.max must not be below "min"/],
    ['{check: length}', /rules\[0\] checks nothing/],
    ['{check: mentions}', /rules\[0\] checks nothing/],
    ['{check: truncation, severity: fatal}', /severity must be one of veto, penalty, info/],
    [
      '{check: truncation}\n  - {check: truncation}',
      /^job\.yaml:4:5 rules\[1\] has the id "truncation" of an earlier rule/,
    ],
  ])('%s is reported with its position', async (rule, message) => {
    const mistakes = await mistakesOf(`rules:\n  - ${rule}\n`);
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toMatch(message);
  });
});

describe('several invalid rules', () => {
  it('are reported at once, each with its position', async () => {
    const mistakes = await mistakesOf(
      'rules:\n  - {check: regex, pattern: "(a"}\n  - {check: json, schema: {type: objekt}}\n  - {check: length}\n  - {check: language, is: sw}\n',
    );
    expect(mistakes.map((mistake) => mistake.split(' ', 2).join(' '))).toEqual([
      'job.yaml:3:29 rules[0].pattern',
      'job.yaml:4:27 rules[1].schema',
      'job.yaml:5:5 rules[2]',
      'job.yaml:6:27 rules[3].is',
    ]);
  });
});

describe('facts', () => {
  it('get their defaults', async () => {
    const { facts } = await load('facts: {}\n');
    expect(facts).toEqual({ own: true, refuted: 'penalty', target: 8, passages: 5, claims: 60 });
  });

  it.each([
    ['{own: false}', /facts has nothing to check against/],
    ['{corpus: none.db}', /^job\.yaml:2:\d+ .*none\.db/],
    ['{judge: absent}', /facts\.judge names "absent", which is not a judge of the panel/],
    ['{embeddings: {base_url: "ftp://x", model: m}}', /base_url must be an http or https address/],
  ])('%s is reported with its position', async (facts, message) => {
    const mistakes = await mistakesOf(`facts: ${facts}\n`);
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toMatch(message);
  });
});
