import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { feedbackEvent, interaction, listed } from '../../../test/support/feedback-parts.ts';
import { tempFolder } from '../../../test/support/temp-folder.ts';
import { InputError } from '../../domain/errors.ts';
import type { FeedbackEvent } from '../../domain/feedback-event.ts';
import { type ImportMap, plainImportMap } from '../../domain/import-map.ts';
import { defaultIntakeRules } from '../../domain/intake.ts';
import { MemoryFeedbackStore } from '../../store/memory/memory-feedback-store.ts';
import { readAuthorKeys } from '../intake/author-keys.ts';
import { type ImportRequest, importFile, type RefusedLine } from './import-file.ts';

const keys = readAuthorKeys({ QUORATE_AUTHOR_KEY: 'a key for tests that is long enough' });
const intake = { rules: defaultIntakeRules, keys, nowMs: Date.parse('2026-03-05T00:00:00Z') };

let folder: string;
let store: MemoryFeedbackStore;
let refusals: RefusedLine[];

beforeEach(() => {
  folder = tempFolder();
  store = new MemoryFeedbackStore();
  refusals = [];
});

async function bring(name: string, content: string | Uint8Array, more: Partial<ImportRequest> = {}) {
  writeFileSync(join(folder, name), content);
  return importFile(join(folder, name), {
    store,
    format: null,
    map: plainImportMap,
    intake,
    defaults: {},
    onRefused: (refused) => refusals.push(refused),
    ...more,
  });
}

const events = async () => (await listed(store.events())).map(({ event }) => event);
const jsonl = (records: readonly unknown[]) => records.map((one) => `${JSON.stringify(one)}\n`).join('');
const raw = (id: string, more: Record<string, unknown> = {}) => ({
  ...feedbackEvent(id),
  author: `user-${id}`,
  ...more,
});
const whys = () => refusals.map(({ line, reason }) => `${line}: ${reason}`);

describe('importFile: events', () => {
  it('imports events and interactions once', async () => {
    const file = jsonl([raw('e1'), raw('e2'), interaction('r1', { author: 'jo' })]);
    expect(await bring('a.jsonl', file)).toMatchObject({
      format: 'events',
      lines: 3,
      stored: 2,
      repeated: 0,
      interactions: 1,
    });
    expect(await bring('b.jsonl.gz', gzipSync(`\uFEFF${file.replaceAll('\n', '\r\n')}`))).toMatchObject({
      stored: 0,
      repeated: 2,
      interactions: 0,
      refused: {},
    });
    expect((await events()).map(({ author }) => author)).toEqual([
      keys.pseudonymOf('user-e1'),
      keys.pseudonymOf('user-e2'),
    ]);
  });

  it('rejects invalid lines with reasons, and imports the rest', async () => {
    const { session_id, model_version, ...lacking } = raw('e2');
    const report = await bring(
      'a.jsonl',
      `${jsonl([raw('e1'), lacking])}{"broken\n[1]\n${jsonl([
        raw('e3', { at: '2027-01-01T00:00:00Z' }),
        raw('e4', { comment: 'x'.repeat(10_000_000) }),
        raw('e1', { thumb: 'down' }),
        raw('e5', { author: keys.pseudonymOf('jo') }),
        raw('e6'),
      ])}`,
    );
    expect(report).toMatchObject({ lines: 9, stored: 2 });
    expect(whys().sort()).toEqual([
      '2: missing: model_version, session_id',
      '3: is not valid JSON',
      '4: is not a JSON object',
      '5: at lies in the future by more than 300 s: check the clock of the sender',
      '6: comment is too long, at most 20000',
      '7: its id is already used by other content',
      '8: author looks like a pseudonym; send the id of the application',
    ]);
    expect(Object.values(report.refused).reduce((sum, count) => sum + count, 0)).toBe(7);
  });

  it('stores the records before the point where a file is truncated', async () => {
    const whole = Buffer.from(JSON.stringify([raw('e1'), raw('e2')]));
    await expect(bring('a.json', whole.subarray(0, whole.length - 20))).rejects.toThrow(InputError);
    expect((await events()).map(({ id }) => id)).toEqual(['e1']);
    await expect(
      bring('b.jsonl', Buffer.concat([Buffer.from(jsonl([raw('e3')])), Buffer.from([0xff, 0x0a])])),
    ).rejects.toThrow(/b\.jsonl:2: invalid UTF-8/);
    expect((await events()).map(({ id }) => id)).toEqual(['e1', 'e3']);
  });
});

describe('importFile: Open WebUI', () => {
  const message = (id: string, parentId: string | null, role: string, content: string, model?: string) => ({
    id,
    parentId,
    role,
    content,
    ...(model && { model }),
  });
  const record = (more: Record<string, unknown> = {}) => ({
    id: 'f1',
    user_id: 'u1',
    version: 0,
    type: 'rating',
    data: {
      rating: -1,
      model_id: 'llama3:8b',
      reason: 'inaccurate_information',
      comment: 'Mars has two',
      tags: ['space'],
      details: { rating: 3 },
    },
    meta: { arena: false, chat_id: 'c1', message_id: 'm4', message_index: 4, model_id: 'llama3:8b' },
    snapshot: {
      chat: {
        id: 'c1',
        user_id: 'u1',
        title: 'Moons',
        chat: {
          params: { temperature: 0.2 },
          history: {
            currentId: 'm4',
            messages: {
              m1: message('m1', null, 'user', 'Hello'),
              m2: message('m2', 'm1', 'assistant', 'Hi!', 'llama3:8b'),
              m3: message('m3', 'm2', 'user', 'Moons of Mars?'),
              m4: message('m4', 'm3', 'assistant', 'One.', 'llama3:8b'),
              m5: message('m5', 'm3', 'assistant', 'Two.', 'gemma2'),
            },
          },
        },
      },
    },
    created_at: 1_772_000_000,
    updated_at: 1_772_000_060,
    ...more,
  });

  it('reads rating, stars, comparison and the conversation out of the snapshot', async () => {
    const report = await bring('feedback.json', JSON.stringify([record()]));
    expect(report).toMatchObject({ format: 'open-webui', stored: 3, refused: {} });
    const [thumb, comparison, stars] = await events();
    expect(thumb).toMatchObject({
      id: 'f1@1772000060:thumb',
      kind: 'thumb',
      thumb: 'down',
      comment: 'inaccurate information: Mars has two',
      session_id: 'c1',
      query_id: 'm3',
      response_id: 'm4',
      response: 'One.',
      model_version: 'llama3:8b',
      settings: { temperature: 0.2 },
      at: '2026-02-25T06:14:20.000Z',
      source: 'open-webui',
      author: keys.pseudonymOf('u1'),
      category: 'space',
      query: [
        { role: 'user', content: 'Hello' },
        { role: 'assistant', content: 'Hi!' },
        { role: 'user', content: 'Moons of Mars?' },
      ],
    });
    expect(comparison).toMatchObject({
      kind: 'comparison',
      preferred: 'other',
      other: { response_id: 'm5', response: 'Two.', model_version: 'gemma2' },
    });
    expect(stars).toMatchObject({ kind: 'stars', stars: 2 });
  });

  it('imports a changed rating as a later event', async () => {
    await bring('feedback.json', JSON.stringify([record()]));
    const changed = record({ data: { rating: 1, model_id: 'llama3:8b' }, updated_at: 1_772_000_999 });
    await bring('later.json', JSON.stringify([changed]));
    const thumbs = (await listed(store.events())).filter(({ event }) => event.kind === 'thumb');
    expect(thumbs.map(({ supersededBy }) => supersededBy)).toEqual(['f1@1772000999:thumb', undefined]);
  });

  it('reports what is missing', async () => {
    const report = await bring(
      'feedback.json',
      JSON.stringify([
        record({ snapshot: { chat: {} } }),
        record({ data: { rating: null }, id: 'f2' }),
        record({ user_id: null, id: 'f3' }),
      ]),
    );
    expect(report.skipped).toEqual({ 'no rating': 1 });
    expect(whys()).toEqual([
      '1: the snapshot has no message m4',
      ...['1: missing: author', '1: missing: author', '1: missing: author'].slice(0, 3),
    ]);
  });
});

describe('importFile: AnythingLLM', () => {
  const csv = [
    'id,workspace,prompt,response,sent_at,username,rating',
    '"1","Docs","Moons of Mars?","Two, ""Phobos"" and Deimos.","Tue Mar 03 2026 10:00:00 GMT+0000 (Coordinated Universal Time)","jo","GOOD"',
    '"2","Docs","Moons of Venus?","Some.","Tue Mar 03 2026 10:01:00 GMT+0000 (Coordinated Universal Time)","jo","BAD"',
    '"3","Docs","Moons of Earth?","One.","Tue Mar 03 2026 10:02:00 GMT+0000 (Coordinated Universal Time)","jo","--"',
  ].join('\r\n');

  it('reads every line as an interaction and ratings as thumbs', async () => {
    const report = await bring('chats.csv', csv, { defaults: { modelVersion: 'm7' } });
    expect(report).toMatchObject({
      format: 'anythingllm',
      lines: 3,
      stored: 2,
      interactions: 3,
      refused: {},
    });
    expect(await events()).toMatchObject([
      { id: 'anythingllm:1:GOOD', thumb: 'up', response: 'Two, "Phobos" and Deimos.', model_version: 'm7' },
      { id: 'anythingllm:2:BAD', thumb: 'down', at: '2026-03-03T10:01:00.000Z' },
    ]);
    expect(JSON.stringify(await listed(store.interactions()))).not.toContain('"jo"');
    const again = await bring('again.csv', csv, { defaults: { modelVersion: 'm7' } });
    expect(again).toMatchObject({ stored: 0, repeated: 2, interactions: 0 });
  });

  it('requires the model, and reports that the JSONL export has no ratings', async () => {
    await bring('chats.csv', csv);
    expect(whys()).toEqual([
      '2: missing: model_version',
      '3: missing: model_version',
      '4: missing: model_version',
    ]);
    refusals = [];
    await bring('chats.jsonl', jsonl([{ messages: [{ role: 'user', content: 'x' }] }]));
    expect(whys()[0]).toContain('has no ratings');
  });
});

describe('importFile: promptfoo', () => {
  it('reads human grades from an output file', async () => {
    const result = (testIdx: number, components: unknown[]) => ({
      promptIdx: 0,
      testIdx,
      prompt: { raw: '[{"role":"user","content":"Moons of Mars?"}]', label: 'v1' },
      provider: { id: 'openai:gpt-5', label: '' },
      response: { output: 'Two.' },
      vars: { planet: 'Mars' },
      gradingResult: { pass: true, score: 1, comment: 'Right.', componentResults: components },
    });
    const file = {
      evalId: 'eval-1',
      results: {
        version: 3,
        timestamp: '2026-03-01T12:00:00.000Z',
        prompts: [{ raw: 'x', gradingResult: 1 }],
        results: [
          result(0, [{ pass: false, score: 0, assertion: { type: 'human' } }]),
          result(1, [{ pass: true, score: 1, assertion: { type: 'equals' } }]),
        ],
      },
      metadata: { author: 'jo@example.org' },
    };
    const report = await bring('results.json', JSON.stringify(file, null, 2));
    expect(report).toMatchObject({
      format: 'promptfoo',
      stored: 1,
      skipped: { 'no human rating': 1 },
      refused: {},
    });
    expect(await events()).toMatchObject([
      {
        id: 'eval-1:0:0:down',
        thumb: 'down',
        comment: 'Right.',
        query: [{ role: 'user', content: 'Moons of Mars?' }],
        model_version: 'openai:gpt-5',
        author: keys.pseudonymOf('jo@example.org'),
        author_kind: 'expert',
        settings: { prompt: 'v1', vars: { planet: 'Mars' } },
      },
    ]);
  });
});

describe('importFile: tables', () => {
  const head = 'Question;Answer;Model;Timestamp;User;Feedback;Comment;Correction';
  const row = 'Moons of Mars?;One.;m1;2026-03-01T10:00:00Z;jo;👎;"wrong;\nreally";Two.';

  it('finds columns under their common names, and derives missing ids', async () => {
    const report = await bring('a.csv', `\uFEFF${head}\n${row}\n`);
    expect(report).toMatchObject({ format: 'generic', lines: 1, stored: 2, refused: {} });
    const [thumb, correction] = (await events()) as [FeedbackEvent, FeedbackEvent];
    expect(thumb).toMatchObject({ kind: 'thumb', thumb: 'down', comment: 'wrong;\nreally' });
    expect(correction).toMatchObject({ kind: 'correction', corrected: 'Two.', author_kind: 'imported' });
    expect(thumb.response_id).toMatch(/^response-[0-9a-f]{16}$/);
    expect(await bring('b.csv', `${head}\n${row}\n`)).toMatchObject({ stored: 0, repeated: 2 });
    // another author with the same opinion of the same response at the same time
    const other = await bring('c.csv', `${head}\n${row.replace('jo', 'kim')}\n`);
    expect(other).toMatchObject({ stored: 2 });
  });

  it('follows a map for custom names and scales', async () => {
    const map: ImportMap = {
      ...plainImportMap,
      fields: { query: 'frage', response: 'antwort', rating: 'note' },
      defaults: { author: 'panel', model_version: 'm1' },
      ratingScale: [0, 10],
      assumeUtc: true,
    };
    const table =
      'frage,antwort,note,date\nWas?,Das.,10,2026-03-01 10:00:00\nWas?,Dies.,0,2026-03-01\nWas?,Jenes.,11,2026-03-01\n';
    const report = await bring('a.csv', table, { map, format: 'generic' });
    expect(report).toMatchObject({ stored: 2 });
    expect(await events()).toMatchObject([
      { stars: 5, at: '2026-03-01T10:00:00.000Z' },
      { stars: 1, at: '2026-03-01T00:00:00.000Z' },
    ]);
    expect(whys()).toEqual(['4: "11" is not on the scale 0 to 10']);
  });

  it('rejects ambiguous values, and lines without required fields', async () => {
    await bring(
      'a.csv',
      [
        'query,response,model,at,author,rating',
        'q,r,m,2026-03-01T10:00:00Z,jo,1',
        'q,r,m,2026-03-01 10:00:00,jo,good',
        ',r,,2026-03-01T10:00:00Z,,good',
        'q,r,m,2026-03-01T10:00:00Z,jo,good',
      ].join('\n'),
    );
    expect(whys()).toEqual([
      '2: rating 1 may be a thumb or stars: name its column as thumb, or say rating.scale in --map',
      '3: time "2026-03-01 10:00:00" has no offset or is none: write it with one, or say assume_utc in --map',
      '4: missing: author, model_version, query, query_id',
    ]);
    expect(await events()).toHaveLength(1);
  });

  it('continues after a line with other columns, and stops at unmatched quotes', async () => {
    const good = 'q,r,m,2026-03-01T10:00:00Z,jo,up';
    const table = `query,response,model,at,author,thumb\nq,r\n${good}\n`;
    expect(await bring('a.csv', `${table}\n"q\n2",r,m,2026-03-01T10:00:00Z,jo,up\nx\n`)).toMatchObject({
      stored: 2,
    });
    expect(whys()).toEqual([
      '2: is not valid CSV: 2 columns where the head has 6',
      '7: is not valid CSV: 1 columns where the head has 6',
    ]);
    await expect(bring('b.csv', `${table}q,"r" x,m,a,b,up\n${good}\n`)).rejects.toThrow(
      /b\.csv:4: is not valid CSV: invalid closing quote/,
    );
    await expect(bring('c.csv', `${table}q,"never closed\n${good}\n`)).rejects.toThrow(
      /c\.csv:4: is not valid CSV: quote not closed/,
    );
    expect(await events()).toHaveLength(2);
  });

  it('reads an empty table', async () => {
    expect(await bring('a.csv', 'query,response\n')).toMatchObject({ lines: 0, stored: 0 });
    expect(await bring('b.jsonl', '')).toMatchObject({ lines: 0 });
  });
});
