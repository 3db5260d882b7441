import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decision, feedbackEvent } from '../../../test/support/feedback-parts.ts';
import { Workspace } from '../../../test/support/workspace.ts';
import { openFeedbackStore } from '../../app/stores/feedback-stores.ts';

describe('quorate feedback list and show', () => {
  let workspace: Workspace;

  beforeEach(() => {
    workspace = new Workspace();
  });

  afterEach(() => workspace.remove());

  async function fill(): Promise<void> {
    const store = await openFeedbackStore(workspace.path('.quorate/feedback.db'));
    await store.append([
      feedbackEvent('e1', { at: '2026-03-01T10:00:00.000Z' }),
      feedbackEvent('e2', { at: '2026-03-02T10:00:00.000Z', signal: { kind: 'thumb', thumb: 'down' } }),
      feedbackEvent('e3\u001b[2J', { at: '2026-03-03T10:00:00.000Z', signal: { kind: 'stars', stars: 1 } }),
    ]);
    await store.logDecisions([decision('e2', 0)]);
    await store.close();
  }

  it('lists events with what supersedes them and what cleaning decided, and no control characters', async () => {
    await fill();
    const { code, out, err } = await workspace.quorate(['feedback', 'list']);
    expect(code).toBe(0);
    expect(err).toBe('3 events\n');
    const lines = out.trimEnd().split('\n');
    expect(lines[0]).toContain('superseded by e2');
    expect(lines[1]).toContain('weight 0 (fast)');
    expect(out).not.toContain('\u001b');
  });

  it('lists a window, some kinds, a few, as JSON', async () => {
    await fill();
    const listed = async (...flags: string[]) => {
      const { out } = await workspace.quorate(['feedback', 'list', '--json', ...flags]);
      return out
        .split('\n')
        .filter((text) => text !== '')
        .map((text) => (JSON.parse(text) as { event: { id: string } }).event.id);
    };
    expect(await listed('--since', '2026-03-02', '--until', '2026-03-03T00:00:00Z')).toEqual(['e2']);
    expect(await listed('--kind', 'stars')).toEqual(['e3\u001b[2J']);
    expect(await listed('--limit', '1')).toEqual(['e1']);
  });

  it('shows one event, and says when there is none', async () => {
    await fill();
    const { out } = await workspace.quorate(['feedback', 'show', 'e2']);
    expect(JSON.parse(out)).toMatchObject({ event: { id: 'e2', thumb: 'down' }, decision: { weight: 0 } });
    const missing = await workspace.quorate(['feedback', 'show', 'e9']);
    expect(missing.code).toBe(2);
    expect(missing.err).toContain('there is no event "e9"');
  });

  it('says that there is no store yet, and refuses a time that is none', async () => {
    expect((await workspace.quorate(['feedback', 'list'])).err).toContain('there is no store yet');
    await fill();
    const wrong = await workspace.quorate(['feedback', 'list', '--since', 'yesterday']);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('--since must be a date');
  });
});
