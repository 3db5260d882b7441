import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defaultIntakeRules, type IntakeRules } from '../../domain/intake.ts';
import { acceptEvent, acceptInteraction } from './accept-event.ts';
import { readAuthorKeys } from './author-keys.ts';
import { feedbackEventSchema, interactionSchema } from './event-schema.ts';

const key = 'a key for tests that is long enough';
const nowMs = Date.parse('2026-03-05T00:00:00Z');

const accept = (input: unknown, rules: Partial<IntakeRules> = {}) =>
  acceptEvent(input, {
    rules: { ...defaultIntakeRules, ...rules },
    keys: readAuthorKeys({ QUORATE_AUTHOR_KEY: key }),
    nowMs,
  });

const thumb = {
  id: 'e1',
  session_id: 's1',
  query_id: 'q1',
  response_id: 'r1',
  query: 'How many moons has Mars?',
  response: 'Two.',
  model_version: 'm1',
  settings: { temperature: 0.5 },
  at: '2026-03-01T10:00:00+02:00',
  source: 'chat',
  author_kind: 'end_user',
  author: 'jo@example.org',
  kind: 'thumb',
  thumb: 'up',
};

const { kind: _kind, thumb: _thumb, ...context } = thumb;

function problems(input: unknown, rules: Partial<IntakeRules> = {}): string[] {
  const result = accept(input, rules);
  return result.ok ? [] : result.problems.map(({ path, message }) => `${path}: ${message}`);
}

describe('acceptEvent', () => {
  it('accepts an event with time in UTC, the author as a pseudonym, and the rest unchanged', () => {
    const result = accept(thumb);
    expect(result).toEqual({
      ok: true,
      event: {
        ...thumb,
        at: '2026-03-01T08:00:00.000Z',
        author: expect.stringMatching(/^k1:[0-9a-f]{32}$/),
      },
    });
    expect(JSON.stringify(result)).not.toContain('jo@example.org');
  });

  it('lists every missing context field, even if the kind is invalid', () => {
    const { id, session_id, settings, author, model_version, ...rest } = thumb;
    const fields = ['author', 'id', 'model_version', 'session_id', 'settings'];
    const refused = accept({ ...rest, thumb: undefined });
    expect(refused.ok ? [] : [...refused.missing].sort()).toEqual([...fields, 'thumb']);
    const kindless = accept({ ...rest, kind: 'clap' });
    expect(kindless.ok ? [] : [...kindless.missing].sort()).toEqual(fields);
    expect(problems({ ...thumb, kind: 'clap' })).toEqual([
      expect.stringContaining('kind: must be one of thumb,'),
    ]);
    expect(problems({})).toHaveLength(13);
    expect(problems([])).toHaveLength(1);
    expect(problems(null)).toHaveLength(1);
  });

  it('rejects unknown fields, and fields that only intake sets', () => {
    expect(problems({ ...thumb, stars: 3 })).toEqual(['stars: is not a field of this event']);
    expect(problems({ ...thumb, unknown_model: true })).toEqual([
      'unknown_model: is not a field of this event',
    ]);
  });

  it.each([
    ['2026-03-05T00:06:00Z', 'at: lies in the future by more than 300 s: check the clock of the sender'],
    ['1970-01-01T00:00:00Z', 'at: is older than 3650 days: check clock and unit'],
    ['2026-03-01T10:00:00', 'at: must be an RFC 3339 time with an offset, for example 2026-01-31T12:00:00Z'],
    ['2026-02-30T10:00:00Z', 'at: must be an RFC 3339 time with an offset, for example 2026-01-31T12:00:00Z'],
    [1772000000, 'at: must be a string'],
  ])('rejects the time %s', (at, problem) => {
    expect(problems({ ...thumb, at })).toEqual([problem]);
  });

  it('tolerates a small clock difference', () => {
    expect(problems({ ...thumb, at: '2026-03-05T00:04:59Z' })).toEqual([]);
  });

  it('rejects an author that looks like a pseudonym', () => {
    const pretended = readAuthorKeys({ QUORATE_AUTHOR_KEY: key }).pseudonymOf('jo');
    expect(problems({ ...thumb, author: pretended })).toEqual([
      'author: looks like a pseudonym; send the id of the application',
    ]);
  });

  it('checks model versions only if they are configured, and rejects or marks unknown ones', () => {
    const modelVersions = ['m2'];
    expect(problems(thumb)).toEqual([]);
    expect(problems(thumb, { modelVersions })).toEqual(['model_version: is not a known version']);
    expect(accept(thumb, { modelVersions, unknownModel: 'flag' })).toMatchObject({
      event: { unknown_model: true },
    });
    expect(accept({ ...thumb, model_version: 'm2' }, { modelVersions })).not.toHaveProperty(
      'event.unknown_model',
    );
  });

  it('limits the length of comments, texts and the event', () => {
    expect(problems({ ...thumb, comment: 'x'.repeat(10_000_000) })).toEqual([
      'comment: is too long: 10000000 characters, at most 20000',
    ]);
    expect(problems({ ...thumb, response: 'x'.repeat(400_001) })).toHaveLength(1);
    expect(problems({ ...thumb, settings: { a: 'x'.repeat(1_000_000) } })[0]).toMatch(
      /^: is too long: \d+ characters, at most 1000000/,
    );
    const survey = { ...context, kind: 'survey', answers: { why: 'x'.repeat(20_001) } };
    expect(problems(survey)).toHaveLength(1);
  });

  it('rejects unlimited nesting without a stack overflow', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(problems({ ...thumb, settings: { deep: JSON.parse(deep) } })).toEqual([': is nested too deeply']);
  });

  it('stores script in a comment as data', () => {
    const comment = '<script>alert(1)</script>';
    expect(accept({ ...thumb, comment })).toMatchObject({ event: { comment } });
  });

  it('accepts rankings that name every shown response exactly once', () => {
    const others = [{ response_id: 'r2', response: 'Three.' }];
    const ranking = (...ranks: string[][]) => ({
      ...context,
      kind: 'ranking',
      others,
      ranking: ranks,
    });
    expect(problems(ranking(['r1', 'r2']))).toEqual([]);
    expect(problems(ranking(['r1']))).toHaveLength(1);
    expect(problems(ranking(['r1'], ['r2'], ['r1']))).toHaveLength(1);
    expect(problems(ranking(['r1'], ['r3']))).toHaveLength(1);
    const self = { ...context, kind: 'comparison', preferred: 'this' };
    expect(problems({ ...self, other: { response_id: 'r1', response: 'x' } })).toHaveLength(1);
    expect(problems({ ...self, other: others[0] })).toEqual([]);
  });

  it.each([
    [{ kind: 'stars', stars: 6 }, 'stars: must be one of 1, 2, 3, 4, 5'],
    [{ kind: 'stars', stars: 2.5 }, 'stars: must be one of 1, 2, 3, 4, 5'],
    [{ kind: 'flag', flag: 'ugly' }, 'flag: must be "safety" or "accuracy" or "format" or'],
    [{ kind: 'dwell', seconds: -1 }, 'seconds: must be at least 0'],
    [{ kind: 'comment', comment: '' }, 'comment: must not be empty'],
  ])('rejects the signal %j', (signal, problem) => {
    expect(problems({ ...context, ...signal })[0]).toContain(problem);
  });

  it.each(['', 'a\nb', 'x'.repeat(257)])('rejects the id %j', (id) => {
    expect(problems({ ...thumb, id })).toHaveLength(1);
  });
});

describe('acceptInteraction', () => {
  const { id, author_kind, ...served } = context;
  const settings = {
    rules: defaultIntakeRules,
    keys: readAuthorKeys({ QUORATE_AUTHOR_KEY: key }),
    nowMs,
  };

  it('accepts a served response with or without an author', () => {
    expect(acceptInteraction({ ...served, arm: 'b' }, settings)).toMatchObject({
      ok: true,
      interaction: { arm: 'b', author: expect.stringMatching(/^k1:/), at: '2026-03-01T08:00:00.000Z' },
    });
    const { author, ...anonymous } = served;
    const accepted = acceptInteraction(anonymous, settings);
    expect(accepted.ok && 'author' in accepted.interaction).toBe(false);
    expect(acceptInteraction({}, settings)).toMatchObject({ ok: false });
  });
});

describe('schemas', () => {
  it('can be published', () => {
    for (const schema of [feedbackEventSchema, interactionSchema])
      expect(z.toJSONSchema(schema, { io: 'input' })).toBeDefined();
  });
});
