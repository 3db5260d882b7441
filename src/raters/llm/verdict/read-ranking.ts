import type { VerdictFormat } from '../../../domain/rubric.ts';
import { statedKey } from './json-keys.ts';
import { findObjects } from './json-objects.ts';
import { visibleText, withoutRepeats, withoutThinking } from './own-words.ts';
import type { UnparsedReason } from './parsed-verdict.ts';
import { closing } from './settle.ts';

/** A parsed ranking by label, best first, equal ones in one list. */
export type RankingReading =
  | { readonly outcome: 'verdict'; readonly ranking: readonly (readonly string[])[] }
  | { readonly outcome: 'abstain'; readonly reason: UnparsedReason };

const inBrackets = /\[\[ {0,2}([A-Z]\d{0,4}(?: {0,2}[>=,] {0,2}[A-Z]\d{0,4}){1,200}) {0,2}\]\]/g;

interface StatedRanking {
  readonly end: number;
  readonly ranks: string[][] | UnparsedReason;
}

/**
 * Parses a ranking of all `labels` from a judge's reply: `{"ranking":[["B"],["A","C"]]}` or `[[B>A=C]]`. If rankings
 * differ, the last one counts, and only if it ends the reply. A ranking that omits, repeats or invents a label is an
 * abstention.
 *
 * @param untrusted texts that the judge was shown; verbatim repetitions of them are not its own ranking
 */
export function readRanking(
  text: string,
  format: VerdictFormat,
  labels: readonly string[],
  untrusted: readonly string[] = [],
): RankingReading {
  const reply = withoutThinking(withoutRepeats(visibleText(text), untrusted));
  if (reply === null) return { outcome: 'abstain', reason: 'truncated' };
  if (reply.trim() === '') return { outcome: 'abstain', reason: 'empty' };
  const rankings = format === 'json' ? inObjects(reply) : inText(reply);
  if (rankings === null) return { outcome: 'abstain', reason: 'truncated' };
  const last = rankings.at(-1);
  if (last === undefined) return { outcome: 'abstain', reason: 'no_verdict' };
  if (typeof last.ranks === 'string') return { outcome: 'abstain', reason: last.ranks };
  const same = rankings.every(({ ranks }) => JSON.stringify(ranks) === JSON.stringify(last.ranks));
  if (!same && !closing.test(reply.slice(last.end))) return { outcome: 'abstain', reason: 'conflicting' };
  const seen = last.ranks.flat();
  const whole = seen.length === labels.length && labels.every((label) => seen.includes(label));
  return whole
    ? { outcome: 'verdict', ranking: last.ranks.filter((rank) => rank.length > 0) }
    : { outcome: 'abstain', reason: 'not_offered' };
}

function inText(text: string): StatedRanking[] {
  return [...text.matchAll(inBrackets)].map((match) => ({
    end: match.index + match[0].length,
    ranks: match[1]!.split(/[>,]/).map((rank) => rank.split('=').map((label) => label.trim())),
  }));
}

/** Null if an object was never closed. */
function inObjects(text: string): StatedRanking[] | null {
  const { spans, unclosed } = findObjects(text);
  if (unclosed) return null;
  return spans.flatMap(({ start, end }): StatedRanking[] => {
    const source = text.slice(start, end);
    const ranking = rankingOf(source);
    if (ranking === undefined) return [];
    const key = statedKey(['ranking'], source, source);
    if (key === 'conflicting') return [{ end, ranks: key }];
    return key === null ? [] : [{ end, ranks: asRanks(ranking) }];
  });
}

function rankingOf(source: string): unknown {
  try {
    return (JSON.parse(source) as { readonly ranking?: unknown }).ranking;
  } catch {
    return undefined;
  }
}

function asRanks(ranking: unknown): string[][] | UnparsedReason {
  if (!Array.isArray(ranking)) return 'not_offered';
  const ranks = ranking.map((rank: unknown) => (Array.isArray(rank) ? rank : [rank]));
  return ranks.flat().every((label) => typeof label === 'string') ? (ranks as string[][]) : 'not_offered';
}
