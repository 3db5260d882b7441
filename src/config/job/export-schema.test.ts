import { join } from 'node:path';
import { expect, test } from 'vitest';
import { load, mistakesOf } from '../../../test/support/load-job.ts';

const job = (entries: string, more = '') =>
  `items: items.jsonl\nvotes: items.jsonl\nname: run\nseed: 7\n${more}export:\n${entries}`;

test('an entry with only format and folder gets the defaults', async () => {
  const { job: loaded, folder } = await load(job('  - {format: trl-dpo, out: dpo}\n'));
  expect(loaded.exports).toEqual([
    {
      out: join(folder, 'out/dpo'),
      kind: 'preference',
      format: 'trl-dpo',
      container: 'jsonl',
      splits: [{ name: 'train', share: 1 }],
      seed: 7,
      minProbability: 0.5,
      pii: 'redact',
      allow: [],
      feedback: [],
      gaps: [],
      mix: [],
      benchmark: [],
      previous: null,
      shares: null,
      balanceLength: false,
      title: 'Preferences of run',
      license: 'other',
      feedbackStore: join(folder, '.quorate/feedback.db'),
    },
  ]);
});

test('an entry accepts every option of the command', async () => {
  const { job: loaded, folder } = await load(
    job(`  - out: sets/kto/
    kind: kto
    format: axolotl
    container: parquet
    splits: {train: 0.8, validation: 0.1, test: 0.1}
    seed: 3
    min_probability: 0.9
    pii: refuse
    allow: [consistency]
    feedback: human.jsonl
    gaps: [human.jsonl]
    mix: [human.jsonl, items.jsonl]
    benchmark: items.jsonl
    previous: earlier
    shares: {human: 0.5, ai: 0.5}
    balance_length: true
    title: Ours
    license: mit
    feedback_store: feedback.db
`),
    { 'human.jsonl': '', 'earlier/manifest.json': '{}' },
  );
  const at = (path: string) => join(folder, path);
  expect(loaded.exports).toEqual([
    {
      out: at('out/sets/kto/'),
      kind: 'kto',
      format: 'axolotl',
      container: 'parquet',
      splits: [
        { name: 'train', share: 0.8 },
        { name: 'validation', share: 0.1 },
        { name: 'test', share: 0.1 },
      ],
      seed: 3,
      minProbability: 0.9,
      pii: 'refuse',
      allow: ['consistency'],
      feedback: [at('human.jsonl')],
      gaps: [at('human.jsonl')],
      mix: [at('human.jsonl'), at('items.jsonl')],
      benchmark: [at('items.jsonl')],
      previous: at('earlier'),
      shares: { human: 0.5, ai: 0.5 },
      balanceLength: true,
      title: 'Ours',
      license: 'mit',
      feedbackStore: at('feedback.db'),
    },
  ]);
});

// the first entry begins on line 6
const wrong: Record<string, [entries: string, at: string, text: RegExp]> = {
  'an unknown kind': [
    '  - {out: a, kind: prefrence}\n',
    'job.yaml:6:20',
    /export\[0\]\.kind must be one of preference.*did you mean "preference"/,
  ],
  'an unknown format': ['  - {out: a, format: trl-kto}\n', 'job.yaml:6:22', /did you mean "trl-dpo"/],
  'an unknown container': [
    '  - {out: a, container: arrow}\n',
    'job.yaml:6:25',
    /one of jsonl, csv, parquet, received "arrow"/,
  ],
  'a misspelled option': [
    '  - {out: a, min_probabilty: 1}\n',
    'job.yaml:6:14',
    /did you mean "min_probability"/,
  ],
  'no folder': ['  - {format: trl}\n', 'job.yaml:6:5', /export\[0\]\.out is missing/],
  'shares that do not add up': [
    '  - {out: a, splits: {train: 0.9, test: 0.2}}\n',
    'job.yaml:6:22',
    /export\[0\]\.splits must have shares that add up to 1, received \{"train":0\.9,"test":0\.2\}/,
  ],
  'an invalid share': [
    '  - {out: a, splits: {train: 1, test: 0}}\n',
    'job.yaml:6:39',
    /export\[0\]\.splits\.test must be more than 0, received 0/,
  ],
  'splits as the command line writes them': [
    '  - {out: a, splits: train=1}\n',
    'job.yaml:6:22',
    /export\[0\]\.splits must be a mapping/,
  ],
  'a split that is not a file name': [
    '  - {out: a, splits: {../x: 1}}\n',
    'job.yaml:6:22',
    /lower-case letters/,
  ],
  'a split with a reserved name': [
    '  - {out: a, splits: {refused: 1}}\n',
    'job.yaml:6:22',
    /"refused" is reserved/,
  ],
  'an unknown source': [
    '  - {out: a, shares: {human: 1, crowd: 0.1}}\n',
    'job.yaml:6:33',
    /"crowd" is not a key of export\[0\]\.shares \| keys here: human, ai, mixed, public/,
  ],
  'a probability out of range': [
    '  - {out: a, min_probability: 0.4}\n',
    'job.yaml:6:31',
    /export\[0\]\.min_probability must be at least 0\.5, received 0\.4/,
  ],
  'an unknown policy': ['  - {out: a, pii: drop}\n', 'job.yaml:6:19', /one of redact, refuse, keep/],
  'rag without gaps': ['  - {out: a, kind: rag, format: plain}\n', 'job.yaml:6:5', /gaps must name/],
  'the alias with another kind': [
    '  - {out: a, kind: kto, format: trl-dpo}\n',
    'job.yaml:6:20',
    /export\[0\]\.kind must be preference with format trl-dpo.*received "kto"/,
  ],
  'a missing file': [
    '  - {out: a, mix: [items.jsonl, no.jsonl]}\n',
    'job.yaml:6:33',
    /export\[0\]\.mix\[1\]: there is no file .*no\.jsonl/,
  ],
  'an earlier export without a manifest': [
    '  - {out: a, previous: keep}\n',
    'job.yaml:6:24',
    /export\[0\]\.previous: there is no file .*keep\/manifest\.json/,
  ],
  'two entries with one folder': [
    '  - {out: a}\n  - {out: b}\n  - {out: ./b/../a/, kind: kto}\n',
    'job.yaml:8:11',
    /export\[2\]\.out is also the folder of export\[0\]/,
  ],
  'a folder inside another': [
    '  - {out: a/b}\n  - {out: a}\n',
    'job.yaml:7:11',
    /export\[1\]\.out overlaps with the folder of export\[0\]/,
  ],
  'the folder for results itself': ['  - {out: .}\n', 'job.yaml:6:11', /must be a folder inside .*out/],
  'a folder outside': ['  - {out: ../data}\n', 'job.yaml:6:11', /must be a folder inside .*received/],
  'an absolute folder': ['  - {out: /tmp/data}\n', 'job.yaml:6:11', /must be a folder inside/],
  'a folder with other content': [
    '  - {out: keep}\n',
    'job.yaml:6:11',
    /names .*out\/keep, which has content that no export wrote/,
  ],
  'a file where a folder should be': [
    '  - {out: keep/mine.txt}\n',
    'job.yaml:6:11',
    /has content that no export wrote/,
  ],
};

test.each(Object.entries(wrong))('%s is reported with its position', async (_, [entries, at, text]) => {
  const mistakes = await mistakesOf(job(entries), { 'out/keep/mine.txt': 'mine', 'keep/mine.txt': 'mine' });
  expect(mistakes).toEqual([{ at, path: expect.any(String), text: expect.stringMatching(text) }]);
});

test('an earlier export may be replaced, and folder names may share a prefix', async () => {
  const entries = '  - {out: dpo}\n  - {out: dpo-2}\n  - {out: ..dpo}\n';
  const { job: loaded } = await load(job(entries), { 'out/dpo/manifest.json': '{}' });
  expect(loaded.exports).toHaveLength(3);
});
