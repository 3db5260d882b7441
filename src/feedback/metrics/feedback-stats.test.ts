import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decision, feedbackEvent, interaction } from '../../../test/support/feedback-parts.ts';
import type { FeedbackSignal, Interaction } from '../../domain/feedback-event.ts';
import type { StoredEvent } from '../../ports/feedback-store.ts';
import { type FeedbackStats, feedbackStats, type StatsOptions } from './feedback-stats.ts';
import type { MetricLine } from './metric-line.ts';
import { tallyWindows } from './tally-windows.ts';
import type { MetricName } from './targets.ts';

const window = { sinceMs: Date.parse('2026-03-08'), untilMs: Date.parse('2026-03-15') };

interface Stated {
  readonly author?: string;
  readonly response?: string;
  readonly at?: string;
  readonly category?: string;
  readonly model?: string;
  readonly weight?: number;
  readonly superseded?: boolean;
}

let events = 0;
function said(signal: FeedbackSignal, stated: Stated = {}): StoredEvent {
  events += 1;
  const id = `e${events}`;
  const { author = `a${events}`, response = `r${events}`, at = '2026-03-10T00:00:00Z' } = stated;
  return {
    event: feedbackEvent(id, {
      author,
      response_id: response,
      at,
      model_version: stated.model ?? 'm1',
      ...(stated.category !== undefined && { category: stated.category }),
      signal,
    }),
    receivedAt: at,
    ...(stated.superseded === true && { supersededBy: 'later' }),
    ...(stated.weight !== undefined && { decision: decision(id, stated.weight) }),
  };
}

const up: FeedbackSignal = { kind: 'thumb', thumb: 'up' };
const down: FeedbackSignal = { kind: 'thumb', thumb: 'down' };
const many = (count: number, make: (index: number) => StoredEvent) =>
  Array.from({ length: count }, (_, i) => make(i));

async function statsOf(
  stored: readonly StoredEvent[],
  served: readonly Interaction[] = [],
  options: Partial<StatsOptions> = {},
): Promise<FeedbackStats> {
  return feedbackStats(await tallyWindows(stored, served, window), { ...window, ...options });
}

function metric(stats: { readonly metrics: readonly MetricLine[] }, name: MetricName): MetricLine {
  const line = stats.metrics.find((one) => one.metric === name);
  if (line === undefined) throw new Error(`no ${name}`);
  return line;
}

const served = (count: number, more: Partial<Interaction> = {}) =>
  Array.from({ length: count }, (_, index) =>
    interaction(`i${index}`, { at: '2026-03-09T00:00:00Z', session_id: `s${index}`, ...more }),
  );

describe('the metrics of a window', () => {
  it('count thumbs and stars, except three stars', async () => {
    const stats = await statsOf([
      said(up),
      said({ kind: 'stars', stars: 5 }),
      said({ kind: 'stars', stars: 3 }),
      said({ kind: 'stars', stars: 1 }),
      said({ kind: 'copy' }),
    ]);
    const { cleaned, status } = metric(stats, 'positive_rate');
    expect(cleaned).toMatchObject({ n: 3, value: expect.closeTo(2 / 3, 12) });
    expect(status).toBe('alert');
    expect(cleaned.low!).toBeLessThan(2 / 3);
    expect(cleaned.high!).toBeGreaterThan(0.8);
    expect(metric(stats, 'positive_rate').sure).toBe(false);
  });

  it('report cleaned beside raw values', async () => {
    const bots = many(50, () => said(down, { author: 'bot', weight: 0 }));
    const stats = await statsOf([...many(40, () => said(up)), ...bots, said(down, { weight: 0.5 })]);
    const { cleaned, raw } = metric(stats, 'positive_rate');
    expect(raw).toMatchObject({ n: 91, value: expect.closeTo(40 / 91, 12) });
    expect(cleaned).toMatchObject({ n: 41, value: expect.closeTo(40 / 40.5, 12) });
    expect(stats).toMatchObject({ events: 91, quarantined: 50, weighted: 1 });
  });

  it('count a correction once per author and response', async () => {
    const edit: FeedbackSignal = { kind: 'correction', corrected: 'x' };
    const stats = await statsOf([
      said(down, { author: 'ann', response: 'r' }),
      said(edit, { author: 'ann', response: 'r' }),
      said(up, { author: 'bob', response: 'r' }),
      ...many(8, () => said(up)),
    ]);
    expect(metric(stats, 'correction_rate').cleaned).toMatchObject({ n: 10, value: expect.closeTo(0.1, 12) });
  });

  it('are relative to interactions, including those without feedback', async () => {
    const flag: FeedbackSignal = { kind: 'flag', flag: 'safety' };
    const stats = await statsOf(
      [
        said(up, { response: 'i0' }),
        said(flag, { response: 'i1' }),
        said(flag, { response: 'i1' }),
        said(flag, { response: 'elsewhere' }),
        said({ kind: 'copy' }, { response: 'i2' }),
      ],
      served(100),
    );
    expect(metric(stats, 'collection_rate')).toMatchObject({
      cleaned: { n: 100, value: 0.02 },
      status: 'alert',
    });
    const flags = metric(stats, 'safety_flag_rate');
    expect(flags.cleaned).toMatchObject({ n: 101, value: expect.closeTo(2 / 101, 12) });
    expect(stats.positive_rate_bounds).toEqual([expect.closeTo(0.01, 12), expect.closeTo(1, 12)]);
  });

  it('have no collection rate without recorded interactions', async () => {
    const stats = await statsOf([said(up), said({ kind: 'flag', flag: 'safety' })]);
    expect(metric(stats, 'collection_rate')).toMatchObject({ cleaned: { value: null }, status: 'unknown' });
    expect(metric(stats, 'safety_flag_rate')).toMatchObject({
      cleaned: { value: 0.5, n: 2 },
      of: expect.stringContaining('no interactions'),
    });
    expect(stats.notes.join()).toContain('no interactions were recorded');
  });

  it('explain an empty window, and one without counted events', async () => {
    const early = await statsOf([said(up, { at: '2026-02-01T00:00:00Z' })]);
    expect(early.last_event_at).toBe('2026-02-01T00:00:00.000Z');
    expect(early.notes[0]).toBe('no events in this window');
    expect(early.metrics.every(({ status }) => status === 'unknown')).toBe(true);
    const replaced = await statsOf([said(up, { superseded: true })]);
    expect(metric(replaced, 'positive_rate').cleaned).toMatchObject({ value: null, n: 0 });
    expect(replaced.notes[0]).toContain('superseded');
    const aside = await statsOf([said(up, { weight: 0 })]);
    expect(metric(aside, 'positive_rate')).toMatchObject({ raw: { value: 1 }, cleaned: { value: null } });
  });

  it('are compared with the previous window of the same length', async () => {
    const stats = await statsOf([
      ...many(60, () => said(up, { at: '2026-03-08T00:00:00.000Z' })),
      ...many(60, (index) => said(index < 30 ? up : down, { at: '2026-03-07T23:59:59.999Z' })),
      said(down, { at: '2026-03-15T00:00:00.000Z' }),
      said(down, { at: '2026-02-28T23:59:59.999Z' }),
    ]);
    const { cleaned, previous, trend } = metric(stats, 'positive_rate');
    expect([cleaned.n, previous!.n, trend!.value]).toEqual([60, 60, 0.5]);
    expect(trend!.low!).toBeGreaterThan(0.3);
    expect(trend!.high!).toBeLessThan(0.7);
  });

  it('have intervals clustered by author', async () => {
    const crowd = await statsOf(many(100, (index) => said(index < 50 ? up : down)));
    const two = await statsOf(
      many(100, (index) => said(index < 50 ? up : down, { author: index < 50 ? 'x' : 'y' })),
    );
    const width = ({ cleaned }: MetricLine) => cleaned.high! - cleaned.low!;
    expect(width(metric(crowd, 'positive_rate'))).toBeLessThan(0.25);
    expect(width(metric(two, 'positive_rate'))).toBeGreaterThan(0.9);
  });

  it('count complaints by category', async () => {
    const comment = 'This is wrong, the date is incorrect.';
    const stats = await statsOf(many(6, () => said({ ...down, comment } as FeedbackSignal)));
    expect(stats.failures).toEqual([{ category: 'accuracy', hidden: false, events: 6, weight: 6 }]);
    expect(metric(stats, 'knowledge_gap_rate').cleaned.value).toBe(1);
  });
});

describe('slices', () => {
  it('hide slices with fewer than k authors, and those that would reveal them', async () => {
    const stats = await statsOf([
      ...many(20, () => said(up, { category: 'big' })),
      ...many(6, () => said(up, { category: 'middle' })),
      ...many(3, () => said(down, { category: 'small' })),
    ]);
    expect(stats.slices.category.map(({ slice, hidden }) => [slice, hidden])).toEqual([
      ['big', false],
      ['middle', true],
      ['small', true],
    ]);
    expect(stats.slices.category[1]).toEqual({ slice: 'middle', hidden: true, authors: null, metrics: [] });
  });

  it('count everything without a minimum, with unnamed values together and values beyond 200 merged', async () => {
    const stats = await statsOf(
      [...many(250, (index) => said(up, { category: `c${index}` })), said(up)],
      [],
      { k: 1 },
    );
    expect(stats.slices.category).toHaveLength(201);
    expect(stats.slices.category[0]).toMatchObject({ slice: '(other)', authors: 51 });
    const rated = stats.slices.category.map((line) => metric(line, 'positive_rate').cleaned.n);
    expect(rated.reduce((a, b) => a + b)).toBe(251);
  });

  it('leave no rate of fewer than k authors after subtraction from the total', async () => {
    const tellings = fc.array(
      fc.record({
        author: fc.nat(14),
        category: fc.constantFrom('a', 'b', 'c', 'd'),
        kind: fc.constantFrom('up', 'down', 'edit', 'copy'),
        weight: fc.constantFrom(0, 0.5, 1),
      }),
      { maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(tellings, async (drawn) => {
        const signals: Record<string, FeedbackSignal> = {
          up,
          down,
          edit: { kind: 'correction', corrected: 'x' },
          copy: { kind: 'copy' },
        };
        const k = 3;
        const stats = await statsOf(
          drawn.map(({ author, category, kind, weight }) =>
            said(signals[kind]!, { author: `p${author}`, category, weight }),
          ),
          [],
          { k },
        );
        const rated = drawn.filter(({ kind }) => kind === 'up' || kind === 'down');
        const authors = (of: typeof drawn) =>
          new Set(of.filter(({ weight }) => weight > 0).map(({ author }) => author)).size;
        const stated = new Set<string>();
        for (const { slice, metrics } of stats.slices.category) {
          const line = metrics.find(({ metric: name }) => name === 'positive_rate');
          if (line === undefined || line.raw.n === 0) continue;
          stated.add(slice);
          expect(authors(rated.filter(({ category }) => category === slice))).toBeGreaterThanOrEqual(k);
        }
        const left = rated.filter(({ category }) => !stated.has(category));
        if (stated.size === 0 || left.length === 0) return;
        expect(authors(left)).toBeGreaterThanOrEqual(k);
      }),
      { numRuns: 100 },
    );
  });
});
