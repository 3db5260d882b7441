import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseItem } from '../src/files/items.ts';
import { parseVote } from '../src/files/votes.ts';
import { formats } from '../src/importers/formats/index.ts';
import { recognise } from '../src/importers/recognise.ts';
import { openSample } from '../src/importers/sample-rows.ts';

const folder = fileURLToPath(new URL('fixtures/formats/', import.meta.url));
const files = readdirSync(folder).sort();

async function readFixture(name: string) {
  const sample = await openSample(`${folder}${name}`);
  const found = recognise(sample);
  const items: unknown[] = [];
  const votes: unknown[] = [];
  const problems: string[] = [];
  for await (const row of sample.rows) {
    if (!('record' in row)) continue;
    const converted = found!.format.read(row.record, {
      line: row.line,
      facts: sample.facts,
      first: sample.first,
    });
    items.push(...(converted.items ?? []));
    votes.push(...(converted.votes ?? []));
    if (converted.problem !== undefined) problems.push(converted.problem);
  }
  return { sample, found, items, votes, problems };
}

describe('formats', () => {
  it.each(files)('%s is recognised, and every row is read', async (name) => {
    const { found, items, votes, problems } = await readFixture(name);
    expect(found?.format.name).toBe(basename(name).split('.')[0]!.split('+')[0]);
    expect(problems).toEqual([]);
    expect(items.length + votes.length).toBeGreaterThan(0);
    // what comes out is what every command reads
    for (const item of items) parseItem(JSON.parse(JSON.stringify(item)), name, 1);
    for (const vote of votes) parseVote(JSON.parse(JSON.stringify(vote)), name, 1);
    const known = new Map(items.map((item) => [(item as { id: string }).id, item]));
    const isJoined = found!.format.joinsItems === true || items.length === 0;
    for (const vote of votes as { item: string }[]) expect(isJoined || known.has(vote.item)).toBe(true);
  });

  it('have a file each', () => {
    const shown = new Set(files.map((name) => name.split('.')[0]!.split('+')[0]));
    expect(formats.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual([]);
  });

  it('are listed in the documentation with what comes out of them', async () => {
    const parts: string[] = [];
    for (const { name, from, columns } of formats) {
      parts.push(
        `## ${name}\n\n${from}. Known by: ${columns.map((column) => `\`${column}\``).join(', ')}.\n`,
      );
      for (const file of files.filter((one) => one.split('.')[0]!.split('+')[0] === name)) {
        const { items, votes } = await readFixture(file);
        const first = /\.(jsonl|csv|tsv|json)$/.test(file)
          ? readFileSync(`${folder}${file}`, 'utf8')
              .split('\n')
              .slice(0, file.endsWith('sv') ? 2 : 1)
              .join('\n')
          : '';
        const shown = [...items.slice(0, 1), ...votes.slice(0, 2)].map((one) => JSON.stringify(one));
        const input = first === '' || first.length > 1500 ? '' : `\n\n\`\`\`text\n${first}\n\`\`\``;
        parts.push(`\`test/fixtures/formats/${file}\`${input}\n\n\`\`\`json\n${shown.join('\n')}\n\`\`\`\n`);
      }
    }
    const table = formats.map(({ name, from }) => `| [\`${name}\`](#${name}) | ${from} |`).join('\n');
    await expect(
      `${intro}\n| format | written by |\n|---|---|\n${table}\n\n${parts.join('\n')}`,
    ).toMatchFileSnapshot(fileURLToPath(new URL('../docs/reference/formats.md', import.meta.url)));
  });
});

const intro = `# Formats that are imported

\`quorate import items|votes|labels FILE…\` recognises these formats by their content and prints what it recognised and
why; \`--from FORMAT\` names one, \`--map FILE\` reads any other table. Each is shown with the first row of a small file and
the records that come out. This page is written by \`test/formats.test.ts\` (\`npx vitest run test/formats.test.ts -u\`).

Containers: JSONL, a JSON list, a JSON object that holds the list, CSV and TSV, Parquet; gzip, Zstandard, a zip of one
file; UTF-8 or UTF-16. A folder is read as it lies, a data set of Hugging Face for example.

Of a pair whose better side is known, the better one is candidate \`a\` in half of the items, by a hash of the id:
otherwise a rater that always takes the first would look like a good one.
`;
