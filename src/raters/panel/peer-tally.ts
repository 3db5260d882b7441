import type { Item } from '../../domain/item.ts';
import type { Vote } from '../../domain/vote.ts';

/** What one judge thinks of one author's responses, beside other authors' responses to the same prompts. */
export interface PeerCell {
  readonly author: string;
  /** Pairwise verdicts and ties in which a response of the author stood; ties count half in the rate. */
  readonly compared: number;
  readonly win_rate: number | null;
  readonly scored: number;
  readonly mean_score: number | null;
  /** The mean score less the judge's generosity: comparable between judges. */
  readonly adjusted_score: number | null;
}

/** One judge's results for all authors. */
export interface PeerRow {
  readonly judge: string;
  /**
   * How much higher the judge scores than the panel does on the same responses: the mean of its score less the mean
   * of all judges' scores of that response. Null where it shares no scored response with another judge.
   */
  readonly generosity: number | null;
  readonly cells: readonly PeerCell[];
}

interface Counts {
  wins: number;
  compared: number;
  scores: number;
  scored: number;
}

interface JudgeCounts {
  readonly authors: Map<string, Counts>;
  gap: number;
  gaps: number;
}

/** The matrix of judges and authors. Add items as they come; memory depends on judges x authors only. */
export class PeerTally {
  readonly #judges = new Map<string, JudgeCounts>();

  add(item: Item, votes: readonly Vote[]): void {
    const authors = new Map(item.candidates.map(({ id, model }) => [id, model ?? null]));
    const scores = new Map<string, Map<string, number[]>>();
    for (const vote of votes) {
      if (vote.outcome !== 'verdict' && vote.outcome !== 'tie') continue;
      if (vote.kind === 'pairwise') {
        for (const id of vote.shown) {
          const counts = this.#countsOf(vote.rater, authors.get(id));
          if (counts === null) continue;
          counts.compared += 1;
          counts.wins += vote.outcome === 'tie' ? 0.5 : vote.preferred === id ? 1 : 0;
        }
      } else if (vote.kind === 'pointwise' && vote.score !== undefined) {
        const counts = this.#countsOf(vote.rater, authors.get(vote.candidate));
        if (counts !== null) {
          counts.scored += 1;
          counts.scores += vote.score;
        }
        const ofCandidate = scores.get(vote.candidate) ?? new Map<string, number[]>();
        scores.set(vote.candidate, ofCandidate);
        ofCandidate.set(vote.rater, [...(ofCandidate.get(vote.rater) ?? []), vote.score]);
      }
    }
    for (const ofCandidate of scores.values()) this.#addGaps(ofCandidate);
  }

  rows(): readonly PeerRow[] {
    return [...this.#judges].sort(byName).map(([judge, { authors, gap, gaps }]) => {
      const generosity = gaps === 0 ? null : gap / gaps;
      const cells = [...authors].sort(byName).map(([author, { wins, compared, scores, scored }]) => {
        const mean = scored === 0 ? null : scores / scored;
        return {
          author,
          compared,
          win_rate: compared === 0 ? null : wins / compared,
          scored,
          mean_score: mean,
          adjusted_score: mean === null ? null : mean - (generosity ?? 0),
        };
      });
      return { judge, generosity, cells };
    });
  }

  #addGaps(ofCandidate: ReadonlyMap<string, readonly number[]>): void {
    if (ofCandidate.size < 2) return;
    const means = new Map([...ofCandidate].map(([judge, scores]) => [judge, mean(scores)]));
    const panel = mean([...means.values()]);
    for (const [judge, own] of means) {
      const counts = this.#judge(judge);
      counts.gap += own - panel;
      counts.gaps += 1;
    }
  }

  #countsOf(judge: string, author: string | null | undefined): Counts | null {
    if (author == null) return null;
    const { authors } = this.#judge(judge);
    const counts = authors.get(author) ?? { wins: 0, compared: 0, scores: 0, scored: 0 };
    authors.set(author, counts);
    return counts;
  }

  #judge(name: string): JudgeCounts {
    const found = this.#judges.get(name) ?? { authors: new Map(), gap: 0, gaps: 0 };
    this.#judges.set(name, found);
    return found;
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function byName(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : 1;
}
