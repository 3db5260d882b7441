import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StoreError } from '../../src/domain/errors.ts';
import type { FeedbackEvent } from '../../src/domain/feedback-event.ts';
import type { EventWindow, FeedbackStore } from '../../src/ports/feedback-store.ts';
import { MemoryFeedbackStore, newFeedbackState } from '../../src/store/memory/memory-feedback-store.ts';
import { openSqliteFeedbackStore } from '../../src/store/sqlite/feedback/sqlite-feedback-store.ts';
import { decision, feedbackEvent, interaction, listed } from '../support/feedback-parts.ts';
import { tempFolder } from '../support/temp-folder.ts';

const now = () => Date.parse('2026-03-05T00:00:00.000Z');
/** Each implementation as a way to open the same store again and again. */
const stores: Record<string, () => () => FeedbackStore> = {
  memory() {
    const state = newFeedbackState();
    return () => new MemoryFeedbackStore(state, now);
  },
  sqlite() {
    const folder = tempFolder();
    return () => openSqliteFeedbackStore(join(folder, 'deep', 'feedback.db'), { now });
  },
};

const [jo, kim] = ['k1:00000000000000000000000000000001', 'k1:00000000000000000000000000000002'] as const;

describe.each(Object.entries(stores))('a feedback store: %s', (_name, prepare) => {
  const ids = async (store: FeedbackStore, window?: EventWindow) =>
    (await listed(store.events(window))).map(({ event }) => event.id);

  it('gives back events of every kind exactly as they came, to later processes too', async () => {
    const open = prepare();
    const other = { response_id: 'r2', response: 'Three.', model_version: 'm2' };
    const events: FeedbackEvent[] = [
      feedbackEvent('e1', { signal: { kind: 'thumb', thumb: 'down', comment: '<b>no</b> "é" 🙃' } }),
      feedbackEvent('e2', { signal: { kind: 'stars', stars: 4 }, category: 'space' }),
      feedbackEvent('e3', { signal: { kind: 'correction', corrected: 'Two.' }, at: '2026-03-01T10:00:00Z' }),
      feedbackEvent('e4', { signal: { kind: 'comparison', other, preferred: 'tie' } }),
      feedbackEvent('e5', { signal: { kind: 'ranking', others: [other], ranking: [['r2', 'r1']] } }),
      feedbackEvent('e6', { signal: { kind: 'comment', comment: 'Nice.' }, author: kim }),
      feedbackEvent('e7', { signal: { kind: 'flag', flag: 'safety' }, unknown_model: true }),
      feedbackEvent('e8', { signal: { kind: 'survey', answers: { ease: 5, why: 'fast' } } }),
      feedbackEvent('e9', { signal: { kind: 'retry' }, query: [{ role: 'user', content: 'Moons?' }] }),
      feedbackEvent('e10', { signal: { kind: 'dwell', seconds: 1.5 }, response: '' }),
    ];
    const store = open();
    expect(new Set(await store.append(events))).toEqual(new Set(['stored']));
    await store.close();
    const later = open();
    const stored = await listed(later.events());
    expect(stored.map(({ event }) => event)).toEqual(events);
    expect(stored[0]).toEqual({ event: events[0], receivedAt: '2026-03-05T00:00:00.000Z' });
    expect((await later.event('e4'))?.event).toEqual(events[3]);
    expect(await later.event('e11')).toBeUndefined();
    await later.close();
  });

  it('takes an event once: the same again is repeated, other content under its id is refused', async () => {
    const store = prepare()();
    const event = feedbackEvent('e1');
    expect(await store.append([event, event, { ...event, query_id: 'q2' }])).toEqual([
      'stored',
      'repeated',
      'refused',
    ]);
    const { settings, ...rest } = event;
    expect(await store.append([{ settings: { ...settings }, ...rest }])).toEqual(['repeated']);
    expect(await store.append([{ ...event, author: kim }])).toEqual(['refused']);
    // the same person after a rotation of keys
    expect(await store.append([{ ...event, author: kim.replace('k1', 'k2') }])).toEqual(['repeated']);
    expect(await ids(store)).toEqual(['e1']);
    await store.close();
  });

  it('lets a later event of one author, kind and response supersede, and keeps both', async () => {
    const store = prepare()();
    const at = (minute: number) => `2026-03-01T10:0${minute}:00.000Z`;
    await store.append([
      feedbackEvent('e1', { at: at(1) }),
      feedbackEvent('e2', { at: at(2), signal: { kind: 'thumb', thumb: 'down' } }),
      feedbackEvent('e3', { at: at(2), author: kim }),
      feedbackEvent('e4', { at: at(2), signal: { kind: 'stars', stars: 2 } }),
      feedbackEvent('e5', { at: at(2), response_id: 'r2' }),
      // its clock went back
      feedbackEvent('e6', { at: at(0) }),
      // the same moment: arrival decides
      feedbackEvent('e7', { at: at(2) }),
      feedbackEvent('e8', { signal: { kind: 'flag', flag: 'safety' } }),
      feedbackEvent('e9', { signal: { kind: 'flag', flag: 'format' } }),
    ]);
    const superseded = (await listed(store.events())).map(({ event, supersededBy }) => [
      event.id,
      supersededBy,
    ]);
    expect(superseded.filter(([, by]) => by !== undefined)).toEqual([
      ['e1', 'e2'],
      ['e2', 'e7'],
      ['e6', 'e2'],
    ]);
    expect(superseded).toHaveLength(9);
    await store.close();
  });

  it('has the same event in force in whatever order they arrive', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 1 }), async (minutes) => {
        const store = prepare()();
        const events = minutes.map((minute) =>
          feedbackEvent(`e${minute}`, { at: `2026-03-01T10:0${minute}:00.000Z` }),
        );
        for (const event of events) await store.append([event]);
        const inForce = (await listed(store.events())).filter(({ supersededBy }) => !supersededBy);
        expect(inForce.map(({ event }) => event.id)).toEqual([`e${Math.max(...minutes)}`]);
        await store.close();
      }),
      { seed: 1, numRuns: 20 },
    );
  });

  it('counts a comparison and its mirror as one, and other pairs as others', async () => {
    const store = prepare()();
    const pair = (id: string, first: string, second: string) =>
      feedbackEvent(id, {
        response_id: first,
        signal: {
          kind: 'comparison',
          other: { response_id: second, response: 'x' },
          preferred: 'this',
        },
      });
    await store.append([pair('e1', 'a', 'b'), pair('e2', 'a', 'c'), pair('e3', 'b', 'a')]);
    expect((await listed(store.events())).map((stored) => stored.supersededBy)).toEqual([
      'e3',
      undefined,
      undefined,
    ]);
    await store.close();
  });

  it('streams half-open windows of event time, of a model version, and of an arm', async () => {
    const store = prepare()();
    const days = [1, 2, 3].map((day) => `2026-03-0${day}T00:00:00.000Z`);
    await store.append(
      days.map((at, index) =>
        feedbackEvent(`e${index}`, { at, response_id: `r${index}`, model_version: `m${index % 2}` }),
      ),
    );
    await store.recordInteractions([
      interaction('r0', { arm: 'b', at: days[0]! }),
      interaction('r1', { arm: 'a', at: days[1]! }),
      interaction('r9', { at: days[2]!, model_version: 'm0' }),
    ]);
    expect(await ids(store, { since: days[1]! })).toEqual(['e1', 'e2']);
    expect(await ids(store, { since: days[0]!, until: days[1]! })).toEqual(['e0']);
    expect(await ids(store, { modelVersion: 'm0' })).toEqual(['e0', 'e2']);
    expect(await ids(store, { arm: 'a' })).toEqual(['e1']);
    expect(await store.countInteractions()).toBe(3);
    expect(await store.countInteractions({ until: days[2]! })).toBe(2);
    expect(await store.countInteractions({ arm: 'b' })).toBe(1);
    expect((await listed(store.interactions({ modelVersion: 'm0' }))).map((one) => one.response_id)).toEqual([
      'r9',
    ]);
    await store.close();
  });

  it('streams more than a page, without what arrives meanwhile', async () => {
    const store = prepare()();
    const many = Array.from({ length: 600 }, (_, index) =>
      feedbackEvent(`e${index}`, { response_id: `r${index}` }),
    );
    await store.append(many);
    const seen: string[] = [];
    for await (const { event } of store.events()) {
      if (seen.length === 0) await store.append([feedbackEvent('late', { response_id: 'late' })]);
      seen.push(event.id);
    }
    expect(seen).toEqual(many.map(({ id }) => id));
    const rest = (await listed(store.events({}, 'e597'))).map(({ event }) => event.id);
    expect(rest).toEqual(['e598', 'e599', 'late']);
    await store.close();
  });

  it('keeps interactions under their response, idempotent like events', async () => {
    const open = prepare();
    const store = open();
    const one = interaction('r1', { author: jo, arm: 'a', category: 'space' });
    expect(await store.recordInteractions([one, one, { ...one, response: 'Three.' }])).toEqual([
      'stored',
      'repeated',
      'refused',
    ]);
    await store.close();
    const later = open();
    expect(await later.interaction('r1')).toEqual(one);
    expect(await later.interaction('r2')).toBeUndefined();
    await later.close();
  });

  it('lets the last decision count, undoes a cleaning as a whole, and joins events with it', async () => {
    const open = prepare();
    const store = open();
    await store.append(['e1', 'e2', 'e3'].map((id) => feedbackEvent(id, { response_id: id })));
    await store.logDecisions([decision('e2', 0.5), decision('e1', 0), decision('missing', 0)]);
    await store.logDecisions([decision('e1', 1, 'c2'), decision('e1', 0.25, 'c3')]);
    expect(await listed(store.decisions())).toEqual([decision('e1', 0.25, 'c3'), decision('e2', 0.5)]);
    expect((await store.event('e1'))?.decision).toEqual(decision('e1', 0.25, 'c3'));
    expect(await store.undoCleaning('c3')).toBe(1);
    expect(await store.undoCleaning('c3')).toBe(0);
    expect(await store.undoCleaning('c9')).toBe(0);
    await store.close();
    const later = open();
    expect((await listed(later.events())).map((stored) => stored.decision?.weight)).toEqual([
      1,
      0.5,
      undefined,
    ]);
    expect(await later.undoCleaning('c1')).toBe(2);
    expect(await listed(later.decisions())).toEqual([decision('e1', 1, 'c2')]);
    await expect(later.logDecisions([decision('e1', 0)])).rejects.toThrow(StoreError);
    await later.close();
  });

  it('erases a person, names the datasets, and refuses what was erased from then on', async () => {
    const open = prepare();
    const store = open();
    const answered = { response_id: 'r2', query: 'My secret question', response: 'My secret answer' };
    const mine = feedbackEvent('e1');
    await store.append([
      mine,
      feedbackEvent('e2', { ...answered, author: kim }),
      feedbackEvent('e3', { author: kim }),
    ]);
    const asked = interaction('r2', { ...answered, author: jo });
    await store.recordInteractions([asked, interaction('r3', { author: kim })]);
    await store.logDecisions([decision('e1', 0), decision('e3', 0.5)]);
    await store.recordExport('2026-03/dpo', ['e1', 'e3', 'missing']);
    await store.recordExport('2026-03/sft', ['e3']);
    const at = '2026-03-06T00:00:00.000Z';
    const erasure = { events: 1, interactions: 1, redacted: 1, datasets: ['2026-03/dpo'] };
    expect(await store.erase(jo, at)).toEqual(erasure);
    expect(await store.erase(jo, at)).toEqual({ ...erasure, events: 0, interactions: 0, redacted: 0 });
    await store.close();
    const later = open();
    expect(await ids(later)).toEqual(['e2', 'e3']);
    expect((await later.event('e2'))?.event).toMatchObject({ query: '[erased]', response: '[erased]' });
    expect(await later.interaction('r2')).toBeUndefined();
    expect(await listed(later.decisions())).toEqual([decision('e3', 0.5)]);
    expect(await later.append([mine, { ...mine, author: kim }, feedbackEvent('e4')])).toEqual([
      'erased',
      'erased',
      'erased',
    ]);
    expect(await later.recordInteractions([asked, { ...asked, response_id: 'r5' }])).toEqual([
      'erased',
      'erased',
    ]);
    // a person who left nothing can be erased beforehand
    expect((await later.erase('k1:0000000000000000000000000000000f', at)).events).toBe(0);
    await later.close();
  });

  it('goes on where the same author left a superseded event behind', async () => {
    const store = prepare()();
    await store.append([feedbackEvent('e1'), feedbackEvent('e2', { author: kim })]);
    await store.erase(jo, '2026-03-06T00:00:00.000Z');
    expect(await store.append([feedbackEvent('e3', { author: kim })])).toEqual(['stored']);
    expect((await store.event('e2'))?.supersededBy).toBe('e3');
    await store.close();
  });

  it('removes by kind and age, comments apart from their signals, and logs it', async () => {
    const open = prepare();
    const store = open();
    const day = (number: number) => `2026-03-0${number}T00:00:00.000Z`;
    const commented = feedbackEvent('e1', {
      at: day(1),
      signal: { kind: 'thumb', thumb: 'up', comment: 'My number is 42' },
    });
    await store.append([
      commented,
      feedbackEvent('e2', { at: day(1), signal: { kind: 'copy' } }),
      feedbackEvent('e3', { at: day(2), signal: { kind: 'copy' }, response_id: 'r2' }),
      feedbackEvent('e4', { at: day(1), signal: { kind: 'comment', comment: 'x' } }),
    ]);
    await store.recordInteractions([interaction('r1', { at: day(1) }), interaction('r2', { at: day(3) })]);
    await store.logDecisions([decision('e2', 0)]);
    await store.recordExport('old', ['e2']);
    const implicit = { part: { events: ['copy', 'retry'] as const }, before: day(2) };
    expect(await store.countExpired(implicit)).toBe(1);
    expect(await store.expire(implicit, day(5))).toBe(1);
    expect(await store.expire(implicit, day(6))).toBe(0);
    const comments = { part: 'comments beside signals' as const, before: day(2) };
    expect(await store.countExpired(comments)).toBe(1);
    expect(await store.expire(comments, day(6))).toBe(1);
    expect(await store.expire({ part: 'interactions', before: day(3) }, day(6))).toBe(1);
    await store.close();
    const later = open();
    expect(await ids(later)).toEqual(['e1', 'e3', 'e4']);
    expect((await later.event('e1'))?.event).toEqual(
      feedbackEvent('e1', { at: day(1), signal: { kind: 'thumb', thumb: 'up' } }),
    );
    // what came in is remembered, so that an old file brings nothing back
    expect(await later.append([commented])).toEqual(['repeated']);
    expect((await listed(later.interactions())).map((one) => one.response_id)).toEqual(['r2']);
    expect(await listed(later.decisions())).toEqual([]);
    expect(await later.removals()).toEqual([
      { ...implicit, count: 1, at: day(5) },
      { ...comments, count: 1, at: day(6) },
      { part: 'interactions', before: day(3), count: 1, at: day(6) },
    ]);
    // an export of a removed event still belongs to its author
    expect((await later.erase(jo, day(6))).datasets).toEqual(['old']);
    await later.close();
  });
});
