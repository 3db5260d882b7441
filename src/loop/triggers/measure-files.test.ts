import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { loopSpec } from '../../../test/support/loop-parts.ts';
import { tempFolder } from '../../../test/support/temp-folder.ts';
import type { Training } from '../../domain/model-version.ts';
import { modelState } from '../../registry/model-state.ts';
import { seededRandom } from '../../stats/random.ts';
import { MemoryLoopStore } from '../../store/memory/memory-loop-store.ts';
import { assessTriggers } from './assess-triggers.ts';
import type { TriggerParts } from './measurement.ts';
import { dayMs } from './measurement.ts';

const now = Date.parse('2026-03-10T00:00:00Z');
let folder: string;
beforeEach(() => {
  folder = tempFolder();
});

function write(name: string, records: readonly unknown[]): string {
  writeFileSync(join(folder, name), records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  return join(folder, name);
}

function parts(more: { readonly votes?: string[]; readonly preferences?: string[] }): TriggerParts {
  return {
    loop: loopSpec(more),
    store: new MemoryLoopStore(),
    feedback: null,
    model: modelState('bot', []),
    isKnowledgeGap: () => false,
    nowMs: now,
  };
}

/** A judge vote and a human vote per item, with this rate of agreement. */
function panel(name: string, count: number, agreement: number, daysAgo: number) {
  const random = seededRandom(name);
  return Array.from({ length: count }, (_, index) => {
    const vote = { item: `${name}${index}`, kind: 'pairwise', shown: ['a', 'b'], outcome: 'verdict' };
    const at = new Date(now - daysAgo * dayMs).toISOString();
    return [
      { ...vote, rater: 'gpt', rater_kind: 'llm', preferred: 'a' },
      { ...vote, rater: 'ann', rater_kind: 'human', preferred: random() < agreement ? 'a' : 'b', at },
    ];
  }).flat();
}

it.each([
  ['fell far', 400, 0.9, 0.6, 'due'],
  ['stayed', 400, 0.9, 0.9, 'not_due'],
  ['fell on few votes', 30, 0.9, 0.6, 'too_little_data'],
  ['rose', 400, 0.6, 0.9, 'not_due'],
] as const)("judges' agreement with humans %s", async (_name, count, before, recent, status) => {
  const votes = write('votes.jsonl', [...panel('old', count, before, 60), ...panel('new', count, recent, 5)]);
  const [assessed] = await assessTriggers(parts({ votes: [votes] }), ['judge_drift']);
  expect(assessed!.assessment.status).toBe(status);
  if (status === 'due') {
    const { value, bound, n } = assessed!.assessment.evidence;
    expect(Math.abs(value! - 0.3)).toBeLessThan(0.08);
    expect(bound!).toBeLessThan(value!);
    expect(n).toBe(count);
  }
});

it('new pairs are counted from the beginning of the last training that made a version', async () => {
  const preferences = write(
    'preferences.jsonl',
    Array.from({ length: 6000 }, (_, index) => ({ status: index < 5500 ? 'accepted' : 'review' })),
  );
  const given = parts({ preferences: [preferences, join(folder, 'not-there-yet.jsonl')] });
  const status = async () => (await assessTriggers(given, ['new_pairs']))[0]!.assessment;
  expect(await status()).toMatchObject({ status: 'due', evidence: { value: 5500 } });
  const training: Training = {
    id: 't1',
    model: 'bot',
    status: 'registered',
    dataset: '/data',
    dataset_hash: 'ab',
    created_at: '2026-03-01T00:00:00.000Z',
    attempts: [],
    accepted_pairs: 600,
  };
  await given.store.saveTraining({ ...training, id: 't0', status: 'failed', accepted_pairs: 5500 });
  expect(await status()).toMatchObject({ evidence: { value: 5500 } });
  await given.store.saveTraining(training);
  expect(await status()).toMatchObject({ status: 'not_due', evidence: { value: 4900 } });
});

it('names a broken preferences file with its line', async () => {
  writeFileSync(join(folder, 'bad.jsonl'), '{"status":"accepted"}\n{\n');
  await expect(
    assessTriggers(parts({ preferences: [join(folder, 'bad.jsonl')] }), ['new_pairs']),
  ).rejects.toThrow(/bad\.jsonl:2: not valid JSON/);
});
