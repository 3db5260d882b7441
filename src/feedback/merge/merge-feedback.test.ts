import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decision, feedbackEvent, listed } from '../../../test/support/feedback-parts.ts';
import type { FeedbackEvent } from '../../domain/feedback-event.ts';
import type { Item } from '../../domain/item.ts';
import type { FeedbackStore } from '../../ports/feedback-store.ts';
import { MemoryFeedbackStore } from '../../store/memory/memory-feedback-store.ts';
import { type MergeOptions, mergeFeedback } from './merge-feedback.ts';

async function storeOf(...events: FeedbackEvent[]): Promise<FeedbackStore> {
  const store = new MemoryFeedbackStore();
  await store.append(events);
  return store;
}

async function merged(store: FeedbackStore, options?: MergeOptions) {
  const merge = await mergeFeedback(store, options);
  const votes = await listed(merge.votes());
  return { votes, items: await listed(merge.items()), counts: merge.counts() };
}

const other = { response_id: 'r2', response: 'None.', model_version: 'm2' };

describe('merging events', () => {
  it('turns every kind of opinion into a human vote with provenance', async () => {
    const store = await storeOf(
      feedbackEvent('thumb', { author: 'ann', signal: { kind: 'thumb', thumb: 'down' } }),
      feedbackEvent('stars', { author: 'bob', signal: { kind: 'stars', stars: 4 } }),
      feedbackEvent('edit', { author: 'cem', signal: { kind: 'correction', corrected: 'Two moons.' } }),
      feedbackEvent('pair', { author: 'dan', signal: { kind: 'comparison', other, preferred: 'other' } }),
      feedbackEvent('tie', { author: 'eve', signal: { kind: 'comparison', other, preferred: 'tie' } }),
      feedbackEvent('rank', {
        author: 'fay',
        signal: { kind: 'ranking', others: [other], ranking: [['r2'], ['r1']] },
      }),
      feedbackEvent('copy', { signal: { kind: 'copy' } }),
    );
    const { votes, items, counts } = await merged(store);
    const [item] = items;
    const idOf = (text: string) => item!.candidates.find((candidate) => candidate.text === text)!.id;
    const [mars, none, edited] = [idOf('Two: Phobos and Deimos.'), idOf('None.'), idOf('Two moons.')];
    expect(items).toHaveLength(1);
    expect(item!.candidates.map(({ model }) => model)).toEqual(['m1', undefined, 'm2']);
    expect(votes).toMatchObject([
      { rater: 'ann', kind: 'pointwise', candidate: mars, score: 0, scale: [0, 1] },
      { rater: 'bob', kind: 'pointwise', candidate: mars, score: 0.75, scale: [0, 1] },
      { rater: 'cem', kind: 'pairwise', preferred: edited, shown: [mars, edited], orders: 'none' },
      { rater: 'dan', kind: 'pairwise', preferred: none },
      { rater: 'eve', kind: 'pairwise', outcome: 'tie' },
      { rater: 'fay', kind: 'listwise', ranking: [[none], [mars]] },
    ]);
    expect(votes[0]).toMatchObject({ rater_kind: 'human', provenance: { event: 'thumb', signal: 'thumb' } });
    expect(counts).toMatchObject({ events: 7, votes: 6, no_vote: { no_opinion: 1 } });
  });

  it('uses the weights of cleaning, and excludes quarantined and superseded events', async () => {
    const store = await storeOf(
      feedbackEvent('old', { author: 'ann', at: '2026-03-01T10:00:00Z' }),
      feedbackEvent('new', {
        author: 'ann',
        at: '2026-03-01T11:00:00Z',
        signal: { kind: 'thumb', thumb: 'down' },
      }),
      feedbackEvent('bot', { author: 'bot' }),
      feedbackEvent('half', { author: 'cem' }),
    );
    await store.logDecisions([decision('bot', 0), decision('half', 0.5)]);
    const { votes, counts } = await merged(store);
    expect(votes.map(({ provenance, weight }) => [provenance?.event, weight])).toEqual([
      ['new', undefined],
      ['half', 0.5],
    ]);
    expect(counts.no_vote).toEqual({ superseded: 1, quarantined: 1 });
    expect(counts.weighted).toBe(1);
  });

  it('groups events by prompt text, or only by query id', async () => {
    const store = await storeOf(
      feedbackEvent('a', { query_id: 'q1' }),
      feedbackEvent('b', { query_id: 'q2', response_id: 'r2', response: 'Two.', author: 'bob' }),
      feedbackEvent('c', {
        author: 'cem',
        query_id: 'q3',
        query: [{ role: 'user', content: 'How many moons has Mars? ' }],
      }),
      feedbackEvent('d', { query_id: 'q4', query: 'Why?', response: 'So.', response_id: 'r4' }),
    );
    const prompts = (await merged(store)).items.map(({ candidates }) => candidates.length);
    expect(prompts).toEqual([2, 1]);
    expect((await merged(store, { grouping: 'query' })).items).toHaveLength(4);
  });

  it('uses the ids of known items, and adds human-written candidates', async () => {
    const known: Item = {
      id: 'job-7',
      prompt: 'How many moons has Mars?',
      candidates: [{ id: 'x', text: 'Two: Phobos and Deimos.' }],
      category: 'space',
    };
    const store = await storeOf(
      feedbackEvent('edit', { signal: { kind: 'correction', corrected: 'Two moons.' } }),
    );
    const { votes, items } = await merged(store, {
      known: () => [known, { ...known, id: 'unused', prompt: 'x' }],
    });
    expect(votes[0]).toMatchObject({ item: 'job-7', shown: ['x', expect.stringMatching(/^r-/)] });
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      id: 'job-7',
      category: 'space',
      candidates: [{ id: 'x' }, { text: 'Two moons.' }],
    });
  });

  it('keeps the votes of other authors after an erasure, without mixing erased queries', async () => {
    const erased = (id: string, query: string) =>
      feedbackEvent(id, {
        query_id: query,
        response_id: id,
        query: '[erased]',
        response: '[erased]',
        author: id,
      });
    const { votes, items } = await merged(await storeOf(erased('a', 'q1'), erased('b', 'q2')));
    expect(votes).toHaveLength(2);
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({ prompt: null, candidates: [{ text: null }] });
  });

  it('gives no vote for an unchanged edit or a comparison of equal texts', async () => {
    const same = { response_id: 'r9', response: 'Two: Phobos and Deimos.' };
    const store = await storeOf(
      feedbackEvent('edit', { signal: { kind: 'correction', corrected: 'Two: Phobos and Deimos. ' } }),
      feedbackEvent('pair', { signal: { kind: 'comparison', other: same, preferred: 'this' } }),
      feedbackEvent('rank', { signal: { kind: 'ranking', others: [same], ranking: [['r1'], ['r9']] } }),
    );
    const { votes, counts } = await merged(store);
    expect(votes).toEqual([]);
    expect(counts.no_vote).toEqual({ unchanged_correction: 1, same_text: 2 });
  });

  it('is empty for an empty store', async () => {
    expect(await merged(new MemoryFeedbackStore())).toMatchObject({
      votes: [],
      items: [],
      counts: { events: 0 },
    });
  });
});

const humans = fc.array(
  fc.record({
    author: fc.constantFrom('ann', 'bob', 'cem'),
    response: fc.constantFrom('r1', 'r2', 'r3'),
    up: fc.boolean(),
    minute: fc.integer({ min: 0, max: 59 }),
  }),
  { maxLength: 30 },
);

describe('one vote per author and response', () => {
  it('keeps the latest thumb, independent of the order of arrival', async () => {
    await fc.assert(
      fc.asyncProperty(humans, async (clicks) => {
        const events = clicks.map(({ author, response, up, minute }, index) =>
          feedbackEvent(`e${index}`, {
            author,
            response_id: response,
            response: `text of ${response}`,
            at: `2026-03-01T10:${String(minute).padStart(2, '0')}:${String(index).padStart(2, '0')}.000Z`,
            signal: { kind: 'thumb', thumb: up ? 'up' : 'down' },
          }),
        );
        const one = await merged(await storeOf(...events));
        const other = await merged(await storeOf(...[...events].reverse()));
        const claims = new Set(clicks.map(({ author, response }) => `${author} ${response}`));
        expect(one.votes).toHaveLength(claims.size);
        for (const vote of one.votes) {
          const latest = events
            .filter(
              ({ author, response_id }) => author === vote.rater && response_id === vote.provenance?.response,
            )
            .reduce((a, b) => (a.at > b.at ? a : b));
          expect(vote.provenance?.event).toBe(latest.id);
        }
        const key = (vote: unknown) => JSON.stringify(vote);
        expect(one.votes.map(key).sort()).toEqual(other.votes.map(key).sort());
      }),
      { numRuns: 50 },
    );
  });
});
