import type { PairwiseVote } from '../../src/domain/vote.ts';

/** A model's responses, one for each question; `text` says what it answers. */
export function responses(count: number, model: string, text: (index: number) => string) {
  return Array.from({ length: count }, (_, index) => ({
    id: `q${index}`,
    prompt: `Question ${index}?`,
    response: text(index),
    model,
  }));
}

/** A judge's votes in both orders; `better` is what it says of item `index`: the side, a tie, or null for a flip. */
export function bothOrders(
  count: number,
  rater: string,
  better: (index: number) => 'candidate' | 'baseline' | 'tie' | null,
  more: Partial<PairwiseVote> = {},
): PairwiseVote[] {
  return Array.from({ length: count }, (_, index) => index).flatMap((index) => {
    const verdict = better(index);
    return (
      [
        ['candidate', 'baseline'],
        ['baseline', 'candidate'],
      ] as const
    ).map((shown): PairwiseVote => {
      const base = {
        item: `q${index}`,
        rater,
        rater_kind: 'llm',
        model: rater,
        kind: 'pairwise',
        shown,
      } as const;
      if (verdict === 'tie') return { ...base, outcome: 'tie', ...more };
      return { ...base, outcome: 'verdict', preferred: verdict ?? shown[0], ...more };
    });
  });
}
