import type { VerdictFormat } from '../../../domain/rubric.ts';
import { repeats } from './bare-answer.ts';
import { statedKey } from './json-keys.ts';
import { findObjects } from './json-objects.ts';
import { ownAnswer } from './own-answer.ts';
import { visibleText, withoutRepeats } from './own-words.ts';
import { refuses } from './parse-verdict.ts';
import type { UnparsedReason } from './parsed-verdict.ts';
import { settle } from './settle.ts';
import type { Statement, StatementKind } from './statement.ts';

/** A parsed ranking by label, best first, equal ones in one list. */
export type RankingReading =
  | { readonly outcome: 'verdict'; readonly ranking: readonly (readonly string[])[] }
  | { readonly outcome: 'abstain'; readonly reason: UnparsedReason };

/** A reply that is nothing but a ranking: `B > A = C`. */
const bare = /^[\s*_`"'([]*([A-Z]\d{0,4}(?: {0,2}[>=] {0,2}[A-Z]\d{0,4}){1,200})[\s*_`"')\].]*$/;
const inBrackets = /\[\[ {0,2}([A-Z]\d{0,4}(?: {0,2}[>=,] {0,2}[A-Z]\d{0,4}){1,200}) {0,2}\]\]/g;

type Ranks = string[][] | UnparsedReason;

const unread = (reason: UnparsedReason): RankingReading => ({ outcome: 'abstain', reason });

const kindOf = (form: 'label' | 'object'): StatementKind<Ranks> => ({
  form,
  same: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  unread: (reason) => reason,
});

/**
 * Parses a ranking of all `labels` from a judge's reply: `{"ranking":[["B"],["A","C"]]}` or `[[B>A=C]]`. Statements are
 * settled as in `parseVerdict`. A ranking that omits, repeats or invents a label is an abstention.
 *
 * @param untrusted texts that the judge was shown; verbatim repetitions of them are not its own ranking
 */
export function readRanking(
  text: string,
  format: VerdictFormat,
  labels: readonly string[],
  untrusted: readonly string[] = [],
): RankingReading {
  const find = format === 'json' ? inObjects : inText;
  const kind = kindOf(format === 'json' ? 'object' : 'label');
  const shown = untrusted.map((each) => visibleText(each).trim());
  const echoed = shown.flatMap((each) => find(each) ?? []);
  const reply = ownAnswer(
    withoutRepeats(visibleText(text), shown, () => false),
    shown,
  );
  if (reply === null) return unread('truncated');
  if (reply.trim() === '') return unread('empty');
  const found = find(reply);
  if (found === null) return unread('truncated');
  const rankings = found.length > 0 ? found : bareRanking(reply.trim(), shown);
  if (rankings.length === 0) return unread(refuses(reply) ? 'refused' : 'no_verdict');
  const ranks = settle(reply, rankings, kind, ({ reading }) =>
    echoed.some((other) => kind.same(other.reading, reading)),
  );
  if (typeof ranks === 'string') return unread(ranks);
  const seen = ranks.flat();
  const whole = seen.length === labels.length && labels.every((label) => seen.includes(label));
  return whole
    ? { outcome: 'verdict', ranking: ranks.filter((rank) => rank.length > 0) }
    : unread('not_offered');
}

function inText(text: string): Statement<Ranks>[] {
  return [...text.matchAll(inBrackets)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    reading: ranksIn(match[1]!),
  }));
}

function bareRanking(text: string, shown: readonly string[]): Statement<Ranks>[] {
  const match = repeats(text, shown) ? null : bare.exec(text);
  return match === null ? [] : [{ start: 0, end: text.length, reading: ranksIn(match[1]!) }];
}

function ranksIn(text: string): string[][] {
  return text.split(/[>,]/).map((rank) => rank.split('=').map((label) => label.trim()));
}

/** Null if an object was never closed. */
function inObjects(text: string): Statement<Ranks>[] | null {
  const { spans, unclosed } = findObjects(text);
  if (unclosed) return null;
  return spans.flatMap(({ start, end }): Statement<Ranks>[] => {
    const source = text.slice(start, end);
    const ranking = rankingOf(source);
    if (ranking === undefined) return [];
    const key = statedKey(['ranking'], source, source);
    if (key === 'conflicting') return [{ start, end, reading: key }];
    return key === null ? [] : [{ start, end, reading: asRanks(ranking) }];
  });
}

function rankingOf(source: string): unknown {
  try {
    return (JSON.parse(source) as { readonly ranking?: unknown }).ranking;
  } catch {
    return undefined;
  }
}

function asRanks(ranking: unknown): Ranks {
  if (!Array.isArray(ranking)) return 'not_offered';
  const ranks = ranking.map((rank: unknown) => (Array.isArray(rank) ? rank : [rank]));
  return ranks.flat().every((label) => typeof label === 'string') ? (ranks as string[][]) : 'not_offered';
}
