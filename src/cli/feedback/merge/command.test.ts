import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decision, feedbackEvent } from '../../../../test/support/feedback-parts.ts';
import { Workspace } from '../../../../test/support/workspace.ts';
import { openFeedbackStore } from '../../../app/stores/feedback-stores.ts';
import type { Preference } from '../../../domain/preference.ts';
import type { Vote } from '../../../domain/vote.ts';

const questions = 24;

describe('quorate feedback merge', () => {
  let workspace: Workspace;

  beforeEach(async () => {
    workspace = new Workspace();
    const store = await openFeedbackStore(workspace.path('.quorate/feedback.db'));
    const events = Array.from({ length: questions }, (_, index) => [
      feedbackEvent(`pair-${index}`, {
        author: `person-${index % 5}`,
        query_id: `q${index}`,
        query: `Question ${index}?`,
        response_id: `${index}-good`,
        response: `Good answer ${index}`,
        category: index % 2 === 0 ? 'maths' : 'law',
        signal: {
          kind: 'comparison',
          other: { response_id: `${index}-bad`, response: `Bad answer ${index}` },
          preferred: index % 6 === 0 ? 'other' : 'this',
        },
      }),
      feedbackEvent(`thumb-${index}`, {
        author: `person-${(index + 1) % 5}`,
        query_id: `q${index}`,
        query: `Question ${index}?`,
        response_id: `${index}-good`,
        response: `Good answer ${index}`,
      }),
    ]).flat();
    await store.append(events);
    await store.append([feedbackEvent('bot', { author: 'bot', query: 'Question 1?', response: 'Spam' })]);
    await store.logDecisions([decision('bot', 0)]);
    await store.close();
    workspace.writeJsonLines(
      'known.jsonl',
      Array.from({ length: questions }, (_, index) => ({
        id: `i${index}`,
        prompt: `Question ${index}?`,
        category: index % 2 === 0 ? 'maths' : 'law',
        candidates: [
          { id: 'a', text: `Good answer ${index}` },
          { id: 'b', text: `Bad answer ${index}` },
        ],
      })),
    );
    workspace.writeJsonLines('ai.jsonl', aiVotes());
  });

  afterEach(() => workspace.remove());

  function aiVotes(): Vote[] {
    return Array.from({ length: questions }, (_, index): Vote[] =>
      ['m1', 'm2'].flatMap((rater) =>
        (['a', 'b'] as const).map((first) => ({
          item: `i${index}`,
          rater,
          rater_kind: 'llm',
          kind: 'pairwise',
          shown: first === 'a' ? ['a', 'b'] : ['b', 'a'],
          outcome: 'verdict',
          preferred: 'a',
        })),
      ),
    ).flat();
  }

  const merge = (...more: string[]) =>
    workspace.quorate(['feedback', 'merge', '--out', 'human.jsonl', '--items', 'items.jsonl', ...more]);

  it('writes votes that reconcile reads beside AI votes', async () => {
    const { code, err } = await merge('--known', 'known.jsonl');
    expect([code, err]).toEqual([0, expect.stringContaining(`${2 * questions} votes on ${questions} items`)]);
    expect(err).toContain('no vote, quarantined: 1');
    const both = await workspace.quorate(
      ['reconcile', '--votes', 'ai.jsonl', 'human.jsonl', '--items', 'known.jsonl', 'items.jsonl'].concat([
        '--out',
        'preferences.jsonl',
        '--report',
        'report.json',
      ]),
    );
    expect([both.code, both.err]).toEqual([0, expect.stringContaining(`${questions} pairs from`)]);
    const lines = workspace.read('preferences.jsonl').trimEnd().split('\n');
    const first = JSON.parse(lines[0]!) as Preference;
    expect(Object.keys(first.sources)).toEqual(['human', 'llm']);
    const report = JSON.parse(workspace.read('report.json')) as { warnings: { warning: string }[] };
    expect(report.warnings.map(({ warning }) => warning)).not.toContain('unknown_candidate');
    expect(workspace.read('scores.jsonl').trimEnd().split('\n')).toHaveLength(questions);
  });

  it('measures agreement with AI votes by category and lists what they contradict each other on', async () => {
    const { code, out } = await merge(
      ...['--known', 'known.jsonl', '--ai', 'ai.jsonl', '--anchors', 'anchors.jsonl'],
      ...['--review', 'review.jsonl', '--json'],
    );
    expect(code).toBe(0);
    const { anchors } = JSON.parse(out) as {
      anchors: {
        count: number;
        disagreements: number;
        agreement: {
          category: string | null;
          percent_agreement: { value: number; low: number; n: number };
        }[];
      };
    };
    expect(anchors).toMatchObject({ count: questions, disagreements: 4 });
    const [all, law, maths] = anchors.agreement;
    expect(all!.percent_agreement.value).toBeCloseTo(20 / 24, 10);
    expect(all!.percent_agreement.low).toBeLessThan(20 / 24);
    expect([law!.category, law!.percent_agreement.value]).toEqual(['law', 1]);
    expect([maths!.category, maths!.percent_agreement.value]).toEqual(['maths', expect.closeTo(8 / 12, 10)]);
    const review = workspace.read('review.jsonl').trimEnd().split('\n');
    expect(JSON.parse(review[0]!)).toEqual({
      item: 'i0',
      about: ['a', 'b'],
      category: 'maths',
      status: 'review',
      humans: 'b',
      machines: 'a',
      reasons: ['1 of 1 humans say b', '2 of 2 AI raters say a'],
    });
  });

  it('draws a sample of the anchors', async () => {
    const flags = [
      '--known',
      'known.jsonl',
      '--ai',
      'ai.jsonl',
      '--anchors',
      'anchors.jsonl',
      '--sample',
      '10',
    ];
    const { out } = await merge(...flags);
    expect(workspace.read('anchors.jsonl').trimEnd().split('\n')).toHaveLength(10);
    expect(out).toMatch(/pairs +10 /);
  });

  it('records the votes file, so that an erasure names it', async () => {
    await merge();
    const store = await openFeedbackStore(workspace.path('.quorate/feedback.db'));
    const { datasets } = await store.erase('person-1', '2026-04-01T00:00:00Z');
    await store.close();
    expect(datasets).toEqual([workspace.path('human.jsonl')]);
  });

  it('refuses what it cannot do', async () => {
    for (const [flags, message] of [
      [['--group-by', 'author'], '--group-by must be one of prompt, query'],
      [['--review', 'r.jsonl'], '--review compares human votes with AI votes'],
      [['--min-weight', '2'], '--min-weight must be a number from 0 to 1'],
    ] as const) {
      const { code, err } = await merge(...flags);
      expect([code, err]).toEqual([2, expect.stringContaining(message)]);
    }
  });
});
