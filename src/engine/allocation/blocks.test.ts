import { describe, expect, it } from 'vitest';
import { blockOf, learnedBefore } from './block-learning.ts';

describe('blocks', () => {
  it('grow from 8 to 64 items without a gap', () => {
    const starts = Array.from({ length: 300 }, (_, index) => blockOf(index).start);
    expect([...new Set(starts)]).toEqual([0, 8, 16, 32, 48, 80, 112, 176, 240]);
    expect(blockOf(299).number).toBe(8);
  });

  it('learn from every block but the one before and their own', () => {
    for (let index = 0; index < 500; index += 1) {
      const { number, start } = blockOf(index);
      const learnt = learnedBefore(index);
      if (number < 2) expect(learnt).toBe(0);
      else expect(blockOf(learnt - 1).number).toBe(number - 2);
      expect(learnt).toBeLessThanOrEqual(start);
    }
  });
});
