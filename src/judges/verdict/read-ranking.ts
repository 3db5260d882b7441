import type { VerdictFormat } from '../../domain/rubric.ts';
import { findObjects } from './json-objects.ts';
import { visibleText, withoutThinking } from './own-words.ts';
import type { UnreadReason } from './verdict-reading.ts';

/** A ranking by label, best first, equal ones together. */
export type RankingReading =
  | { readonly outcome: 'verdict'; readonly ranking: readonly (readonly string[])[] }
  | { readonly outcome: 'abstain'; readonly reason: UnreadReason };

const inBrackets = /\[\[ {0,2}([A-Z]\d{0,4}(?: {0,2}[>=,] {0,2}[A-Z]\d{0,4}){1,200}) {0,2}\]\]/g;

/**
 * Reads a ranking of all `labels` from a judge's reply: `{"ranking":[["B"],["A","C"]]}` or `[[B>A=C]]`. The last one
 * counts; one that leaves a label out, repeats or invents one is not read.
 */
export function readRanking(text: string, format: VerdictFormat, labels: readonly string[]): RankingReading {
  const reply = withoutThinking(visibleText(text));
  if (reply === null) return { outcome: 'abstain', reason: 'truncated' };
  if (reply.trim() === '') return { outcome: 'abstain', reason: 'empty' };
  const stated = format === 'json' ? lastObject(reply) : lastBrackets(reply);
  if (typeof stated === 'string') return { outcome: 'abstain', reason: stated };
  const seen = stated.flat();
  const whole = seen.length === labels.length && labels.every((label) => seen.includes(label));
  return whole
    ? { outcome: 'verdict', ranking: stated.filter((rank) => rank.length > 0) }
    : { outcome: 'abstain', reason: 'not_offered' };
}

function lastBrackets(text: string): string[][] | UnreadReason {
  const last = [...text.matchAll(inBrackets)].at(-1);
  if (last === undefined) return 'no_verdict';
  return last[1]!.split(/[>,]/).map((rank) => rank.split('=').map((label) => label.trim()));
}

function lastObject(text: string): string[][] | UnreadReason {
  const { spans, unclosed } = findObjects(text);
  if (unclosed) return 'truncated';
  for (const { start, end } of [...spans].reverse()) {
    const ranking = rankingOf(text.slice(start, end));
    if (ranking !== undefined) return asRanks(ranking);
  }
  return 'no_verdict';
}

function rankingOf(source: string): unknown {
  try {
    return (JSON.parse(source) as { readonly ranking?: unknown }).ranking;
  } catch {
    return undefined;
  }
}

function asRanks(ranking: unknown): string[][] | UnreadReason {
  if (!Array.isArray(ranking)) return 'not_offered';
  const ranks = ranking.map((rank: unknown) => (Array.isArray(rank) ? rank : [rank]));
  return ranks.flat().every((label) => typeof label === 'string') ? (ranks as string[][]) : 'not_offered';
}
