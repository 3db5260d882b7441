import type { Vote } from '../../domain/vote.ts';
import type { RecordedClaim } from './fact-votes.ts';

/** Something that responses keep saying and no source decides: a place where the corpus is thin. */
export interface KnowledgeGap {
  /** One of the claims, as it was written first. */
  readonly claim: string;
  readonly count: number;
  readonly items: readonly string[];
}

const stopWords = new Set(
  'the a an of in on at to for and or is are was were be been has have had by with from as it its that this'.split(
    ' ',
  ),
);

/** Claims left unverifiable in at least two responses, the commonest first; claims of the same words are one. */
export async function findKnowledgeGaps(
  votes: AsyncIterable<Vote> | Iterable<Vote>,
  { least = 2, most = 50 }: { readonly least?: number; readonly most?: number } = {},
): Promise<readonly KnowledgeGap[]> {
  const gaps = new Map<string, { claim: string; count: number; items: Set<string> }>();
  for await (const vote of votes) {
    if (vote.rater_kind !== 'fact' || vote.criterion !== 'facts') continue;
    for (const { claim, verdict } of (vote.provenance?.claims ?? []) as readonly RecordedClaim[]) {
      if (verdict !== 'unverifiable') continue;
      const key = keyOf(claim);
      const gap = gaps.get(key) ?? { claim, count: 0, items: new Set() };
      gap.count += 1;
      gap.items.add(vote.item);
      gaps.set(key, gap);
    }
  }
  return [...gaps.values()]
    .filter(({ count }) => count >= least)
    .sort((a, b) => b.count - a.count || (a.claim < b.claim ? -1 : 1))
    .slice(0, most)
    .map(({ claim, count, items }) => ({ claim, count, items: [...items].slice(0, 20) }));
}

function keyOf(claim: string): string {
  const words = claim.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words.filter((word) => !stopWords.has(word)))].sort().join(' ');
}
