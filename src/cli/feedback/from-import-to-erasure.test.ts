import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { feedbackEvent, interaction } from '../../../test/support/feedback-parts.ts';
import { pairs, Workspace } from '../../../test/support/workspace.ts';

const env = { QUORATE_AUTHOR_KEY: 'a key for tests that is long enough' };
const rotated = { ...env, QUORATE_AUTHOR_KEY_V2: 'another key for tests, long enough too' };
const dayMs = 86_400_000;
const startMs = Date.now();
const daysAgo = (days: number) => new Date(startMs - days * dayMs).toISOString();

describe('quorate feedback', () => {
  let workspace: Workspace;
  beforeEach(() => {
    workspace = new Workspace();
  });
  afterEach(() => workspace.remove());

  const feedback = (args: readonly string[], keys: Record<string, string> = env) =>
    workspace.quorate(['feedback', ...args], { env: keys });
  const event = (id: string, more: Parameters<typeof feedbackEvent>[1] = {}) =>
    feedbackEvent(id, { author: 'jo@example.org', at: daysAgo(1), response_id: `r-${id}`, ...more });

  it('imports, says what it refused and where, and writes the refused lines', async () => {
    const { session_id: _, ...lacking } = event('e2');
    workspace.writeJsonLines('events.jsonl', [event('e1'), lacking]);
    const first = await feedback(['import', 'events.jsonl', '--refused', 'out/refused.jsonl']);
    expect(first.code).toBe(2);
    expect(first.out).toContain('2 lines, 1 events stored, 0 repeated');
    expect(first.out).toContain('refused 1: missing: session_id');
    expect(first.err).toMatch(/events\.jsonl:2: missing: session_id/);
    expect(JSON.parse(workspace.read('out/refused.jsonl'))).toMatchObject({ line: 2, record: { id: 'e2' } });
    workspace.writeJsonLines('events.jsonl', [event('e1'), event('e2')]);
    const again = await feedback(['import', 'events.jsonl', '--json']);
    expect(again.code).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject([{ stored: 1, repeated: 1, refused: {} }]);
  });

  it('keeps the raw author out of the store', async () => {
    workspace.writeJsonLines('events.jsonl', [
      event('e1'),
      interaction('r1', { author: 'jo@example.org', at: daysAgo(1) }),
    ]);
    await feedback(['import', 'events.jsonl']);
    for (const name of readdirSync(workspace.path('.quorate')))
      expect(readFileSync(workspace.path(`.quorate/${name}`)).includes('jo@example.org')).toBe(false);
  });

  it('asks for a key, and says what is wrong with file, format, map and settings', async () => {
    workspace.writeJsonLines('events.jsonl', [event('e1')]);
    const keyless = await feedback(['import', 'events.jsonl'], {});
    expect(keyless.code).toBe(2);
    expect(keyless.err).toContain('openssl rand -hex 32');
    const missing = await feedback(['import', 'nowhere.csv', 'events.jsonl']);
    expect(missing.code).toBe(2);
    expect(missing.err).toContain('nowhere.csv: no such file');
    expect(missing.out).toContain('1 events stored');
    expect((await feedback(['import', 'events.jsonl', '--format', 'xml'])).err).toContain('--format must be');
    workspace.write('map.yaml', 'fields:\n  qery: frage\n');
    const map = await feedback(['import', 'events.jsonl', '--map', 'map.yaml']);
    expect(map.code).toBe(2);
    expect(map.err).toMatch(/map\.yaml:2:3: "qery" is not a key/);
    workspace.write('feedback.yaml', 'intake:\n  max_age_days: -1\n');
    expect((await feedback(['import', 'events.jsonl'])).err).toMatch(/feedback\.yaml:2:17: /);
  });

  it('goes by feedback.yaml', async () => {
    workspace.write('feedback.yaml', 'intake:\n  model_versions: [m2]\n');
    workspace.writeJsonLines('events.jsonl', [event('e1'), event('e2', { model_version: 'm2' })]);
    expect((await feedback(['import', 'events.jsonl'])).err).toContain(
      'model_version is not a known version',
    );
    workspace.write('feedback.yaml', 'intake:\n  model_versions: [m2]\n  unknown_model: flag\n');
    expect((await feedback(['import', 'events.jsonl'])).code).toBe(0);
    expect(JSON.parse((await feedback(['show', 'e1'])).out)).toMatchObject({
      event: { unknown_model: true },
    });
  });

  it('exports what counts without personal data, and an erasure names the dataset made of it', async () => {
    const corrected = {
      kind: 'correction',
      corrected: 'Mars has two moons: write to kim@example.org.',
    } as const;
    workspace.writeJsonLines('events.jsonl', [
      event('e1', { signal: corrected }),
      event('e2', { at: daysAgo(2), response_id: 'r-e3' }),
      event('e3', { signal: { kind: 'thumb', thumb: 'down' } }),
      event('e4', { author: 'kim', signal: corrected, query_id: 'q4' }),
    ]);
    await feedback(['import', 'events.jsonl']);
    const exported = await feedback(['export', '--out', 'human.jsonl', '--json']);
    expect(JSON.parse(exported.out)).toEqual({ written: 3, superseded: 1, quarantined: 0 });
    expect(workspace.read('human.jsonl')).not.toContain('kim@example.org');
    expect(workspace.read('human.jsonl')).toContain('[EMAIL_1]');
    const made = await workspace.quorate(
      ['export', '--feedback', 'human.jsonl', '--kind', 'sft', '--out', 'sft', '--allow', '*'],
      { env },
    );
    expect(made.err).toContain('rows from feedback');
    expect(made.code).toBe(0);
    // the key was rotated meanwhile
    const erased = await feedback(['erase', '--author', 'jo@example.org', '--json'], rotated);
    expect(JSON.parse(erased.out)).toMatchObject({
      events: 3,
      datasets: [expect.stringContaining('sft (sha256 ')],
    });
    expect((await feedback(['list'])).err).toBe('1 events\n');
    const back = await feedback(['import', 'events.jsonl']);
    expect(back.out).toContain('refused 3: it or its author was erased');
    expect(readFileSync(workspace.path('.quorate/feedback.db')).includes('Mars has two moons')).toBe(true);
    await feedback(['erase', '--author', 'kim']);
    expect(readFileSync(workspace.path('.quorate/feedback.db')).includes('Mars has two moons')).toBe(false);
  });

  it('names the training set of a job that an erased event went into', async () => {
    const corrected = { kind: 'correction', corrected: 'Mars has two moons.' } as const;
    workspace.writeJsonLines('events.jsonl', [event('e1', { signal: corrected })]);
    await feedback(['import', 'events.jsonl']);
    await feedback(['export', '--out', 'human.jsonl']);
    workspace.writeJsonLines('items.jsonl', pairs(2));
    workspace.write(
      'job.yaml',
      `items: items.jsonl
rules: [{ id: short, check: length, unit: words, max: 3 }]
export: [{ kind: sft, out: sft, feedback: human.jsonl, allow: ['*'] }]
`,
    );
    const ran = await workspace.quorate(['run', 'job.yaml'], { env });
    expect(ran.err).toContain('out/sft: 1 train (sft, trl, jsonl), 1 from feedback\n');
    const erased = await feedback(['erase', '--author', 'jo@example.org', '--json']);
    expect(JSON.parse(erased.out).datasets).toEqual([expect.stringMatching(/^out\/sft \(sha256 /)]);
  });

  it('removes what is older than its class may be, after saying so', async () => {
    workspace.write('feedback.yaml', 'retention:\n  implicit: 30\n  comments: 10\n  ratings: forever\n');
    workspace.writeJsonLines('events.jsonl', [
      event('e1', { at: daysAgo(31), signal: { kind: 'copy' } }),
      event('e2', { at: daysAgo(29), signal: { kind: 'copy' } }),
      event('e3', { at: daysAgo(900), signal: { kind: 'thumb', thumb: 'up', comment: 'secret words' } }),
      event('e4', { at: daysAgo(11), signal: { kind: 'comment', comment: 'secret words' } }),
    ]);
    await feedback(['import', 'events.jsonl']);
    const dry = await feedback(['retain', '--dry-run', '--json']);
    const removed = (text: string) =>
      Object.fromEntries(
        (JSON.parse(text) as { classes: { class: string; removed: number }[] }).classes.map((one) => [
          one.class,
          one.removed,
        ]),
      );
    expect(removed(dry.out)).toMatchObject({ implicit: 1, comments: 2, ratings: 0 });
    expect((await feedback(['list'])).err).toBe('4 events\n');
    expect(removed((await feedback(['retain', '--json'])).out)).toEqual(removed(dry.out));
    expect((await feedback(['list'])).err).toBe('2 events\n');
    expect(readFileSync(workspace.path('.quorate/feedback.db')).includes('secret words')).toBe(false);
    expect((await feedback(['retain'])).out).toMatch(/implicit +30 +0/);
    const log = (await feedback(['retain', '--log'])).out;
    expect(log.trimEnd().split('\n')).toHaveLength(3);
    expect(log).toContain('1 removed from before');
  });
});
