import type { Vote } from '../../domain/vote.ts';
import type { RecordedClaim } from './fact-votes.ts';

/**
 * A claim that responses repeat and no source decides: missing content of the corpus.
 * @example
 * const gap: KnowledgeGap = { claim: 'The bridge opened in 1871.', count: 3, items: ['q1', 'q7'] };
 */
export interface KnowledgeGap {
  /** The first wording of the claim. */
  readonly claim: string;
  readonly count: number;
  readonly items: readonly string[];
}

const mostItems = 20;
const stopWords = new Set(
  'the a an of in on at to for and or is are was were be been has have had by with from as it its that this'.split(
    ' ',
  ),
);

/**
 * Counts unverifiable claims over votes; claims with the same words are one.
 * @example
 * const gaps = new KnowledgeGaps();
 * for (const vote of votes) gaps.add(vote);
 * for (const { claim, count } of gaps.list({ least: 3 })) console.log(count, claim);
 */
export class KnowledgeGaps {
  readonly #gaps = new Map<string, { claim: string; count: number; items: Set<string> }>();

  add(vote: Vote): void {
    if (vote.rater_kind !== 'fact' || vote.criterion !== 'facts') return;
    for (const { claim, verdict } of (vote.provenance?.claims ?? []) as readonly RecordedClaim[]) {
      if (verdict !== 'unverifiable') continue;
      const key = keyOf(claim);
      const gap = this.#gaps.get(key) ?? { claim, count: 0, items: new Set() };
      gap.count += 1;
      if (gap.items.size < mostItems) gap.items.add(vote.item);
      this.#gaps.set(key, gap);
    }
  }

  /** Gaps found in at least `least` responses, most frequent first. */
  list({ least = 2, most = 50 }: { readonly least?: number; readonly most?: number } = {}): KnowledgeGap[] {
    return [...this.#gaps.values()]
      .filter(({ count }) => count >= least)
      .sort((a, b) => b.count - a.count || (a.claim < b.claim ? -1 : 1))
      .slice(0, most)
      .map(({ claim, count, items }) => ({ claim, count, items: [...items] }));
  }
}

function keyOf(claim: string): string {
  const words = claim.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words.filter((word) => !stopWords.has(word)))].sort().join(' ');
}
