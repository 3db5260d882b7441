import { describe, expect, it } from 'vitest';
import { exportOf, itemOf, preferenceOf } from '../../test/support/dataset-parts.ts';

const item = itemOf(1, {
  prompt: 'Write to anna.berg@example.org and copy bert@example.org, please?',
  candidates: [
    { id: 'a', text: 'Done: I wrote to anna.berg@example.org.' },
    { id: 'b', text: 'No.' },
  ],
});
const preferences = [preferenceOf(item.id, 'a', 'b')];
const check = (outcome: Awaited<ReturnType<typeof exportOf>>['outcome']) =>
  outcome.manifest.quality.find((result) => result.check === 'privacy')!;

describe('personal data in an export', () => {
  it('is replaced by placeholders, one per value, in every file', async () => {
    const { outcome, files } = await exportOf([item], preferences, { allow: [] });
    expect(files['train.jsonl']).not.toContain('example.org');
    expect(files['train.jsonl']).toContain('Write to [EMAIL_1] and copy [EMAIL_2]');
    expect(files['train.jsonl']).toContain('I wrote to [EMAIL_1].');
    expect(check(outcome)).toMatchObject({ status: 'pass', details: { email: 3 } });
  });

  it('excludes the row on request', async () => {
    const { outcome } = await exportOf([item], preferences, { pii: 'refuse' });
    expect(outcome.manifest.refused).toEqual({ personal_data: 1 });
  });

  it('stops the export if it is kept without an override', async () => {
    const { outcome } = await exportOf([item], preferences, { pii: 'keep', allow: [] });
    expect(outcome).toMatchObject({ status: 'refused', failed: ['privacy'] });
  });
});

describe('wording', () => {
  it('warns of slurs and profanity in chosen responses, and lists the languages', async () => {
    const rude = itemOf(2, {
      candidates: [
        {
          id: 'a',
          text: 'Read the fucking manual, it is all in there and it is written for people like you.',
        },
        { id: 'b', text: 'No.' },
      ],
    });
    const { outcome } = await exportOf([rude], [preferenceOf(rude.id, 'a', 'b')]);
    const found = (name: string) => outcome.manifest.quality.find((result) => result.check === name)!;
    expect(found('toxicity')).toMatchObject({ status: 'warn', value: 1 });
    expect(found('language_mix').details).toEqual({ en: 1 });
  });
});
