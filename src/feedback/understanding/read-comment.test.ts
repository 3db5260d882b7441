import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { FailureCategory } from '../../domain/failure-category.ts';
import { readComment } from './read-comment.ts';

interface Labelled {
  readonly comment: string;
  readonly category: FailureCategory;
  readonly half: 'design' | 'held_out';
}

const labelled = readFileSync('test/fixtures/feedback/labelled-comments.jsonl', 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Labelled);

function measure(half: Labelled['half']) {
  const own = labelled.filter((one) => one.half === half);
  const read = own.map((one) => ({ ...one, said: readComment(one.comment) }));
  const right = read.filter(({ category, said }) => said.category === category).length;
  const confidence = read.reduce((sum, { said }) => sum + said.confidence, 0) / read.length;
  return { n: own.length, accuracy: right / own.length, confidence };
}

describe('readComment', () => {
  it('classifies the labelled comments, including the held-out half', () => {
    const [design, heldOut] = [measure('design'), measure('held_out')];
    expect(design.n + heldOut.n).toBeGreaterThanOrEqual(120);
    expect(design.accuracy).toBeGreaterThan(0.85);
    expect(heldOut.accuracy).toBeGreaterThan(0.7);
    // not over-confident
    for (const { confidence, accuracy } of [design, heldOut]) {
      expect(confidence).toBeLessThan(accuracy);
      expect(confidence).toBeGreaterThan(0.5);
    }
  });

  it('detects a request', () => {
    expect(readComment('It would be nice to export this to PDF')).toMatchObject({
      category: 'other',
      request: true,
    });
    expect(readComment('the year is wrong').request).toBe(false);
  });

  it.each(['', ' ', '<script>alert(1)</script>', 'a'.repeat(10_000_000), '\u0000\u202e'])(
    'accepts any text',
    (comment) => {
      const { confidence } = readComment(comment);
      expect(confidence).toBeGreaterThan(0);
      expect(confidence).toBeLessThanOrEqual(1);
    },
  );
});
