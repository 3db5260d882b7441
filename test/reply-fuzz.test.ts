import { describe, expect, it } from 'vitest';
import { fuzzReplies } from './support/reply-fuzz.ts';

describe('mutated replies', () => {
  it('throw nothing, and give no verdict but that of the clean reply, from the server and from the store', () => {
    const { failures, outcomes } = fuzzReplies({ count: 2000, seed: 1 });
    expect(failures).toEqual([]);
    for (const [server, counts] of Object.entries(outcomes)) {
      expect(counts.verdict, server).toBeGreaterThan(50);
      expect(Object.keys(counts).length, server).toBeGreaterThan(4);
    }
  });
});
