import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { down, storedEvent } from '../../../../test/support/feedback-event.ts';
import { listed } from '../../../../test/support/feedback-parts.ts';
import { drawPopulation } from '../../../../test/support/feedback-population.ts';
import { Workspace } from '../../../../test/support/workspace.ts';
import { openFeedbackStore } from '../../../app/stores/feedback-stores.ts';
import type { WorkItem } from '../../../domain/routing.ts';
import type { CleaningReport } from '../../../feedback/cleaning/cleaning-report.ts';

describe('quorate feedback clean, understand and route', () => {
  let workspace: Workspace;

  beforeEach(() => {
    workspace = new Workspace();
  });
  afterEach(() => workspace.remove());

  const openStore = () => openFeedbackStore(workspace.path('.quorate/feedback.db'));

  async function fill(events: readonly ReturnType<typeof storedEvent>[]): Promise<void> {
    const store = await openStore();
    await store.append(events.map(({ event }) => event));
    await store.close();
  }

  async function decided() {
    const store = await openStore();
    const decisions = await listed(store.decisions());
    await store.close();
    return decisions;
  }

  it('cleans once, finds nothing new the second time, and takes everything back', async () => {
    await fill(drawPopulation({ seed: 3, honestAuthors: 80 }).events as ReturnType<typeof storedEvent>[]);
    const dry = await workspace.quorate(['feedback', 'clean', '--dry-run', '--json']);
    expect(dry.code).toBe(0);
    expect(await decided()).toEqual([]);
    const first = JSON.parse(
      (await workspace.quorate(['feedback', 'clean', '--json'])).out,
    ) as CleaningReport;
    expect(first.quarantined_authors).toBeGreaterThan(0);
    const decisions = await decided();
    expect(decisions.length).toBeGreaterThan(0);
    const again = await workspace.quorate(['feedback', 'clean']);
    expect(again.err).toContain('no new decisions');
    expect(again.out).toContain('Quarantined');
    expect(await decided()).toEqual(decisions);
    const undone = await workspace.quorate(['feedback', 'clean', '--undo', first.cleaning]);
    expect(undone.out).toContain('are reverted');
    expect(await decided()).toEqual([]);
    expect((await workspace.quorate(['feedback', 'clean', '--undo', first.cleaning])).code).toBe(2);
  });

  it('uses gold responses, and rejects an unreadable gold file', async () => {
    await fill(
      Array.from({ length: 12 }, (_, index) =>
        storedEvent(`e${index}`, down, {
          response_id: `r${index}`,
          at: new Date(Date.UTC(2026, 2, 1) + index ** 2 * 977_000).toISOString(),
        }),
      ),
    );
    const gold = Array.from({ length: 12 }, (_, index) =>
      JSON.stringify({ response_id: `r${index}`, quality: 'good' }),
    );
    writeFileSync(join(workspace.folder, 'gold.jsonl'), gold.join('\n'));
    const { out } = await workspace.quorate(['feedback', 'clean', '--gold', 'gold.jsonl']);
    expect(out).toContain('12 of 12 attention checks failed');
    writeFileSync(join(workspace.folder, 'gold.jsonl'), '{"response_id":"r1","quality":"superb"}');
    const wrong = await workspace.quorate(['feedback', 'clean', '--gold', 'gold.jsonl']);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('one of good, bad');
  });

  it('understands and routes, and updates what it routed before', async () => {
    await fill([
      ...Array.from({ length: 5 }, (_, index) =>
        storedEvent(
          `y${index}`,
          { ...down, comment: 'the year of the merger is wrong' },
          { author: `a${index}`, response_id: `r${index}` },
        ),
      ),
      storedEvent('s', { kind: 'flag', flag: 'safety', comment: '<img src=x onerror=alert(1)> \u001b[2J' }),
    ]);
    const understood = await workspace.quorate(['feedback', 'understand']);
    expect(understood.out).toContain('accuracy: ');
    expect(understood.out).not.toContain('\u001b');
    expect(understood.err).toContain('no LLM took part');
    const route = () => workspace.quorate(['feedback', 'route', '--json']);
    expect(JSON.parse((await route()).out)).toMatchObject({
      items: 2,
      created: 2,
      alerts: { sent: 1, waiting: 0 },
    });
    const read = () =>
      readFileSync(join(workspace.folder, '.quorate/actions.jsonl'), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as WorkItem);
    const ids = read().map(({ id, action }) => [action, id]);
    expect(ids.map(([action]) => action).sort()).toEqual(['fine_tuning', 'guardrail']);
    expect(JSON.parse((await route()).out)).toMatchObject({ items: 2, created: 0, alerts: { sent: 0 } });
    expect(read().map(({ id, action }) => [action, id])).toEqual(ids);
  });

  it('takes rules and alerts from the settings, and says what is wrong with them', async () => {
    await fill([storedEvent('a', { ...down, comment: 'invalid JSON' })]);
    const settings = (text: string) => writeFileSync(join(workspace.folder, 'feedback.yaml'), text);
    settings('actions:\n  rules:\n    - { action: fine_tuning, categories: [format] }\n');
    expect((await workspace.quorate(['feedback', 'route'])).out).toContain('fine_tuning');
    settings('alerts:\n  webhook: { url: "https://hooks.example/x", secret_env: NO_SUCH_SECRET }\n');
    const noSecret = await workspace.quorate(['feedback', 'route']);
    expect(noSecret.code).toBe(2);
    expect(noSecret.err).toContain('NO_SUCH_SECRET');
    settings('actions:\n  rules:\n    - { action: ignore }\ncleaning: { false_positive_rate: 2 }\n');
    const wrong = await workspace.quorate(['feedback', 'route']);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('feedback.yaml:3');
    expect(wrong.err).toContain('feedback.yaml:4');
  });

  it('has nothing to say about an empty store', async () => {
    await fill([]);
    expect((await workspace.quorate(['feedback', 'clean'])).code).toBe(0);
    expect((await workspace.quorate(['feedback', 'understand'])).code).toBe(0);
    expect((await workspace.quorate(['feedback', 'route'])).code).toBe(0);
  });
});
