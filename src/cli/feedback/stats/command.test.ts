import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decision, feedbackEvent, interaction } from '../../../../test/support/feedback-parts.ts';
import { Workspace } from '../../../../test/support/workspace.ts';
import { openFeedbackStore } from '../../../app/stores/feedback-stores.ts';
import type { FeedbackStats } from '../../../feedback/metrics/feedback-stats.ts';

const hostile = '<img src=x onerror=alert(1)>\u001b[2J';

describe('quorate feedback stats', () => {
  let workspace: Workspace;

  beforeEach(() => {
    workspace = new Workspace();
  });

  afterEach(() => workspace.remove());

  async function fill(): Promise<void> {
    const store = await openFeedbackStore(workspace.path('.quorate/feedback.db'));
    const events = Array.from({ length: 60 }, (_, index) =>
      feedbackEvent(`e${index}`, {
        author: `a${index}`,
        response_id: `r${index}`,
        query_id: `q${index}`,
        query: `Question ${index}?`,
        at: `2026-03-1${index % 5}T10:00:00.000Z`,
        category: index < 50 ? hostile : 'law',
        model_version: index % 2 === 0 ? 'm1' : 'm2',
        signal:
          index % 10 === 0
            ? { kind: 'thumb', thumb: 'down', comment: `wrong ${hostile}` }
            : { kind: 'thumb', thumb: 'up' },
      }),
    );
    await store.append(events);
    await store.append([
      feedbackEvent('rare', {
        author: 'x',
        response_id: 'rr',
        category: 'rare',
        at: '2026-03-12T10:00:00.000Z',
      }),
    ]);
    await store.recordInteractions(
      Array.from({ length: 300 }, (_, index) =>
        interaction(`r${index}`, {
          at: '2026-03-11T00:00:00.000Z',
          query_id: `q${index}`,
          query: `Question ${index}?`,
          session_id: `s${index}`,
          category: index < 50 ? hostile : 'law',
        }),
      ),
    );
    await store.logDecisions([decision('e1', 0)]);
    await store.close();
  }

  const stats = (...flags: string[]) =>
    workspace.quorate(['feedback', 'stats', '--until', '2026-03-15', ...flags]);

  it('holds the metrics of the window against their targets, with n, interval and trend', async () => {
    await fill();
    const { code, out } = await stats('--breakdown', 'category');
    expect(code).toBe(0);
    const lines = out.split('\n');
    expect(lines[0]).toContain('61 events (0 superseded, 1 quarantined, 0 in part), 300 interactions');
    expect(out).toMatch(
      /positive rate +60 +90\.0 % \[[\d.]+, [\d.]+\] +90\.2 %.*> 80\.0 %, alert < 70\.0 % +met/,
    );
    expect(out).toMatch(/collection rate +300 +19\.7 % \[/);
    expect(out).toContain('hidden: fewer than 5 authors');
    expect(out).not.toContain('rare');
    expect(out).not.toContain('\u001b');
  });

  it('writes everything as JSON', async () => {
    await fill();
    const report = JSON.parse((await stats('--json', '--min-group-size', '1')).out) as FeedbackStats;
    expect(report).toMatchObject({
      days: 7,
      k: 1,
      events: 61,
      interactions: 300,
      update_source: 'first_seen',
    });
    expect(report.slices.category.map(({ slice }) => slice)).toEqual([hostile, 'law', 'rare']);
    const day = JSON.parse((await stats('--json', '--window', '24h')).out) as FeedbackStats;
    expect(day).toMatchObject({ days: 1, events: 12, interactions: 0 });
  });

  it('takes the dates of updates from the model registry', async () => {
    await fill();
    const models = (...argv: string[]) => workspace.quorate(['models', ...argv, '--by', 'ann']);
    for (const version of ['m1', 'm2'])
      await models('register', 'bot', '--artefact', version, '--served-as', version);
    expect((await models('promote', 'bot', '1', '--to', 'production', '--reason', 'first')).code).toBe(0);
    const report = JSON.parse((await stats('--json')).out) as FeedbackStats;
    expect(report.update_source).toBe('registry');
    // promoted after this window: the complaints of the window still wait
    expect(report.updates).toEqual([]);
    expect(report.oldest_unanswered_days).toBeGreaterThan(4);
  });

  it('says that the window is empty, that there is no store, and what a window is', async () => {
    expect((await stats()).err).toContain('there is no store yet');
    await fill();
    const empty = await stats('--window', '1h');
    expect([empty.code, empty.err]).toEqual([0, expect.stringContaining('no events in this window')]);
    for (const [flags, message] of [
      [['--window', 'week'], '--window must be a length'],
      [['--window', '0d'], '--window must be a length'],
      [['--breakdown', 'author'], '--breakdown must be one of category, model'],
      [['--min-group-size', '0'], '--min-group-size must be a whole number'],
    ] as const) {
      const { code, err } = await stats(...flags);
      expect([code, err]).toEqual([2, expect.stringContaining(message)]);
    }
  });

  it('writes a page in which names are text', async () => {
    await fill();
    const { code, err } = await stats('--html', 'feedback.html');
    expect([code, err]).toEqual([0, expect.stringContaining('page: ')]);
    const page = workspace.read('feedback.html');
    expect(page).toContain("default-src 'none'");
    expect(page).not.toContain('<img');
    expect(page).toContain('&#60;img');
    expect(page).not.toContain('rare');
  });
});
