import { expect, test } from 'vitest';
import { shippedIds } from '../yaml/shipped-files.ts';
import { loadConstitution } from './load-constitution.ts';

const shipped = await shippedIds('constitutions');

test('at least three constitutions are shipped', () => {
  expect(shipped.length).toBeGreaterThanOrEqual(3);
});

test.each(shipped)(
  '%s asks three different things by each principle, says whence, and minds evasion',
  async (id) => {
    const { principles } = await loadConstitution(id);
    for (const { critique, revision, preference, source } of principles) {
      expect(revision).toMatch(/^Rewrite the response/);
      expect(preference).toMatch(/^(Which|In which) response\b.*\?$/);
      expect(critique).not.toMatch(/^Rewrite|^Which response/);
      expect(source).toBeTruthy();
    }
    expect(principles.map((principle) => principle.id)).toContain('evasion');
  },
);
