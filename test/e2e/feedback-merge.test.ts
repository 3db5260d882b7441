import { afterEach, expect, it } from 'vitest';
import type { FeedbackEvent } from '../../src/domain/feedback-event.ts';
import type { Preference } from '../../src/domain/preference.ts';
import type { FeedbackStats } from '../../src/feedback/metrics/feedback-stats.ts';
import { feedbackEvent } from '../support/feedback-parts.ts';
import { runCli } from '../support/run-cli.ts';
import { Workspace } from '../support/workspace.ts';

const questions = 30;
const key = { QUORATE_AUTHOR_KEY: 'a key for tests that is long enough' };

let place: Workspace;
afterEach(() => place.remove());

async function quorate(...argv: string[]) {
  const ran = await runCli(place.folder, argv, { ...process.env, ...key });
  expect([ran.code, ran.err]).toEqual([0, expect.any(String)]);
  return ran;
}

/** Ten users prefer the good answer, thumb it up or edit the bad one. */
function events(): FeedbackEvent[] {
  return Array.from({ length: questions }, (_, index) => {
    const about = {
      author: `person ${index % 10}`,
      query_id: `q${index}`,
      query: `Question ${index}?`,
      response_id: `${index}-bad`,
      response: `Bad answer ${index}`,
      at: `2026-03-1${index % 5}T10:00:0${index % 10}.000Z`,
    };
    const other = { response_id: `${index}-good`, response: `Good answer ${index}` };
    return [
      feedbackEvent(`pair-${index}`, {
        ...about,
        signal: { kind: 'comparison', other, preferred: index < 3 ? 'this' : 'other' },
      }),
      feedbackEvent(`thumb-${index}`, { ...about, ...other, signal: { kind: 'thumb', thumb: 'up' } }),
      feedbackEvent(`edit-${index}`, {
        ...about,
        signal: { kind: 'correction', corrected: `Best ${index}` },
      }),
    ];
  }).flat();
}

it('humans and judges reach one verdict: import, merge, reconcile, review, stats', async () => {
  place = new Workspace();
  place.writeJsonLines('events.jsonl', events());
  place.writeJsonLines(
    'judged.jsonl',
    Array.from({ length: questions }, (_, index) => ({
      id: `i${index}`,
      prompt: `Question ${index}?`,
      candidates: [
        { id: 'good', text: `Good answer ${index}` },
        { id: 'bad', text: `Bad answer ${index}` },
      ],
    })),
  );
  place.writeJsonLines(
    'ai.jsonl',
    Array.from({ length: questions }, (_, index) =>
      [['good', 'bad'] as const, ['bad', 'good'] as const].map((shown) => {
        const base = { item: `i${index}`, rater: 'judge', rater_kind: 'llm', kind: 'pairwise' };
        return { ...base, shown, outcome: 'verdict', preferred: 'good' };
      }),
    ).flat(),
  );
  await quorate('feedback', 'import', 'events.jsonl');
  const merge = await quorate(
    ...['feedback', 'merge', '--out', 'human.jsonl', '--items', 'items.jsonl', '--known', 'judged.jsonl'],
    ...['--ai', 'ai.jsonl', '--review', 'review.jsonl'],
  );
  expect(merge.err).toContain(`${3 * questions} votes on ${questions} items from ${3 * questions} events`);
  expect(merge.err).toContain('coverage unknown');
  expect(merge.out).toMatch(/pairs +30 +\.900 \[/);
  expect(place.read('review.jsonl').trimEnd().split('\n')).toHaveLength(3);
  expect(place.read('human.jsonl')).not.toContain('person 1');

  await quorate(
    ...['reconcile', '--votes', 'ai.jsonl', 'human.jsonl', '--items', 'judged.jsonl', 'items.jsonl'],
    ...['--out', 'preferences.jsonl'],
  );
  const preferences = place
    .read('preferences.jsonl')
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text) as Preference);
  const both = preferences.filter(({ sources }) => sources.human !== undefined && sources.llm !== undefined);
  expect(both).toHaveLength(questions);
  // every edit is better than what it replaced
  expect(preferences.filter(({ chosen }) => chosen.startsWith('r-'))).toHaveLength(questions);

  const { out } = await quorate('feedback', 'stats', '--until', '2026-03-15', '--json');
  const stats = JSON.parse(out) as FeedbackStats;
  const value = (name: string) => stats.metrics.find(({ metric }) => metric === name)!.cleaned.value;
  expect([value('positive_rate'), value('correction_rate'), value('collection_rate')]).toEqual([
    1,
    0.5,
    null,
  ]);
}, 60_000);
