import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { down, storedEvent, up } from '../../../test/support/feedback-event.ts';
import { drawPopulation } from '../../../test/support/feedback-population.ts';
import { measureCleaning } from '../../../test/support/measure-cleaning.ts';
import type { EventDecision } from '../../domain/feedback-event.ts';
import type { StoredEvent } from '../../ports/feedback-store.ts';
import { seededRandom, shuffled } from '../../stats/random.ts';
import { type CleaningInput, cleanFeedback } from './clean-feedback.ts';

const options = { cleaning: 'c1', at: '2026-03-02T00:00:00Z' };

async function decide(events: readonly StoredEvent[], more: Partial<CleaningInput> = {}) {
  const cleaning = await cleanFeedback({ events, ...more }, options);
  const decisions = [...cleaning.decisions()];
  return {
    report: cleaning.report,
    decisions,
    byEvent: new Map(decisions.map((decision) => [decision.event, decision])),
  };
}

/** The events as a store returns them after these decisions. */
function decided(events: readonly StoredEvent[], decisions: readonly EventDecision[]): StoredEvent[] {
  return events.map((stored) => {
    const decision = decisions.find(({ event }) => event === stored.event.id);
    return decision === undefined ? stored : { ...stored, decision };
  });
}

describe('duplicates', () => {
  it('keeps the last opinion of one author about one response, in any order of arrival', async () => {
    const events = [
      storedEvent('late', down, { at: '2026-03-01T11:00:00Z' }),
      storedEvent('early', up, { at: '2026-03-01T09:00:00Z' }),
      storedEvent('other', up, { author: 'bob', response_id: 'r2' }),
    ];
    const { byEvent, report } = await decide(events);
    expect(byEvent.get('early')).toMatchObject({ stage: 'duplicate', weight: 0 });
    expect([byEvent.get('late'), byEvent.get('other')]).toEqual([undefined, undefined]);
    expect(report.duplicates).toBe(1);
  });

  it('follows the supersession recorded by the store', async () => {
    const first = { ...storedEvent('a', up, { at: '2026-03-01T11:00:00Z' }), supersededBy: 'b' };
    const { byEvent } = await decide([first, storedEvent('b', down, { at: '2026-03-01T10:00:00Z' })]);
    expect(byEvent.get('a')?.stage).toBe('duplicate');
    expect(byEvent.has('b')).toBe(false);
  });

  it('counts a repeated id once, and a rewritten comment once', async () => {
    const comment = 'the second table lists the wrong year for the merger of both companies';
    const events = [
      storedEvent('a', { kind: 'comment', comment }),
      storedEvent('a', { kind: 'comment', comment }),
      storedEvent('b', { kind: 'comment', comment: `${comment}!` }, { at: '2026-03-01T10:01:00Z' }),
    ];
    const { byEvent, report } = await decide(events);
    expect(report).toMatchObject({ events: 2, repeated_ids: 1 });
    expect(byEvent.get('b')).toMatchObject({ stage: 'duplicate', weight: 0 });
  });
});

describe('conflicts', () => {
  it('keeps both sides, in proportion, for review', async () => {
    const events = ['a', 'b', 'c', 'd'].map((author, index) =>
      storedEvent(`e${index}`, index < 2 ? down : up, { author }),
    );
    const { byEvent, report } = await decide(events);
    expect(report.contested_responses).toBe(1);
    expect(report.review_responses[0]).toMatchObject({ response: 'r' });
    for (const { event } of events) {
      const decision = byEvent.get(event.id)!;
      expect(decision.stage).toBe('conflict');
      expect(decision.weight).toBeGreaterThan(0);
      expect(decision.reasons.join()).toContain('for review');
    }
  });

  it('splits one opinion among contradictory events of one author', async () => {
    const { byEvent } = await decide([
      storedEvent('a', up),
      storedEvent('b', { kind: 'flag', flag: 'accuracy' }, { at: '2026-03-01T10:01:00Z' }),
    ]);
    expect([byEvent.get('a')?.weight, byEvent.get('b')?.weight]).toEqual([0.5, 0.5]);
  });
});

describe('machines and attackers', () => {
  it('are quarantined, humans are not', async () => {
    for (const seed of [3, 5]) {
      const measured = await measureCleaning(drawPopulation({ seed }));
      expect(measured.badSetAside).toBeGreaterThan(0.93);
      expect(measured.honestSetAside).toBeLessThan(0.01);
      expect(measured.weightedShift).toBeLessThan(measured.uncleanedShift / 2);
    }
  });

  it('are not found in a population of humans', async () => {
    const { events } = drawPopulation({ seed: 77, badShare: 0, styles: [], honestAuthors: 300 });
    const { report } = await decide(events);
    expect(report.quarantined_events / report.events).toBeLessThan(0.01);
  });

  it('are not inferred from an import with a single timestamp', async () => {
    const random = seededRandom(4);
    const events = Array.from({ length: 400 }, (_, index) =>
      storedEvent(`e${index}`, random() < 0.7 ? up : down, {
        author: `a${index % 20}`,
        response_id: `r${index}`,
        source: 'export.csv',
      }),
    );
    const { report } = await decide(events);
    expect(report.untimed_sources).toEqual(['export.csv']);
    expect(report.quarantined_authors).toBe(0);
  });

  it('follow gold labels, with a reason', async () => {
    const events = Array.from({ length: 12 }, (_, index) =>
      storedEvent(`e${index}`, up, {
        response_id: `r${index}`,
        at: `2026-03-${String(index + 1).padStart(2, '0')}T1${index % 10}:${index * 4}:00Z`,
      }),
    );
    const gold = new Map(events.map(({ event }) => [event.response_id, 'bad' as const]));
    const { report } = await decide(events, { gold });
    expect(report.quarantined[0]?.reasons.join()).toContain('12 of 12 attention checks failed');
  });
});

describe('decisions', () => {
  it('do not depend on the order of arrival, and weigh between 0 and 1', async () => {
    const { events } = drawPopulation({ seed: 9, honestAuthors: 60 });
    const sorted = (decisions: readonly EventDecision[]) =>
      decisions
        .map(({ event, stage, weight }) => ({ event, stage, weight }))
        .sort((a, b) => (a.event < b.event ? -1 : 1));
    const expected = sorted((await decide(events)).decisions);
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const { decisions } = await decide(shuffled(events, seededRandom(seed)));
        expect(sorted(decisions)).toEqual(expected);
        for (const { weight, reasons } of decisions) {
          expect(weight).toBeGreaterThanOrEqual(0);
          expect(weight).toBeLessThanOrEqual(1);
          expect(reasons.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 5 },
    );
  });

  it('are logged once, follow the events, and keep human decisions', async () => {
    const events = [storedEvent('a', up), storedEvent('b', down, { author: 'bob' })];
    const first = (await decide(events)).decisions;
    expect(first).toHaveLength(2);
    expect((await decide(decided(events, first))).decisions).toEqual([]);
    const reviewed = first.map((decision) => ({ ...decision, stage: 'review' as const, weight: 0.9 }));
    expect((await decide(decided(events, reviewed))).decisions).toEqual([]);
    const [alone] = (await decide(decided(events, first).slice(0, 1))).decisions;
    expect(alone).toMatchObject({ event: 'a', weight: 1 });
  });

  it.each([
    ['nothing', []],
    ['an unreadable time', [storedEvent('a', up, { at: 'yesterday' })]],
    [
      'a comment of 10 MB',
      [storedEvent('a', { kind: 'comment', comment: 'lorem ipsum dolor '.repeat(600_000) })],
    ],
    [
      'hostile text',
      [storedEvent('a', { kind: 'comment', comment: '<script>alert(1)</script>'.repeat(20) })],
    ],
    [
      'events without text',
      [storedEvent('a', { kind: 'dwell', seconds: 3 }), storedEvent('b', { kind: 'copy' })],
    ],
  ] as const)('tolerate %s', async (_, events) => {
    const { report, decisions } = await decide(events);
    expect(report.events).toBe(events.length);
    expect(decisions).toEqual([]);
  });

  it('tolerate a clock that goes back', async () => {
    const events = Array.from({ length: 30 }, (_, index) =>
      storedEvent(`e${index}`, up, {
        response_id: `r${index}`,
        at: new Date(Date.UTC(2026, 2, 1, 12) - index * index * 61_000).toISOString(),
      }),
    );
    expect((await decide(events)).report.quarantined_events).toBe(0);
  });
});
