import type { Item } from '../../domain/item.ts';
import type { RaterKind } from '../../domain/vote.ts';

/** One rater's votes on one question in one order: counts for x, for neither and for y. */
export interface Tally {
  x: number;
  neither: number;
  y: number;
}

/** Votes with x shown first, with y shown first, and without an order. */
export interface PairTallies {
  readonly xFirst: Tally;
  readonly yFirst: Tally;
  readonly orderless: Tally;
}

/** One rater on one pair. */
export interface PairAnswer extends PairTallies {
  readonly kind: 'pair';
  /** The part of the votes that was given under each criterion; null where none names one. */
  criteria: Map<string, PairTallies> | null;
  abstains: number;
  errors: number;
  /** Σ (1 - weight) over its votes: 0 where every vote has its full weight. */
  missingWeight: number;
}

/** One rater's scores of one candidate (under one criterion). */
export interface ScoreAnswer {
  readonly kind: 'score';
  sum: number;
  count: number;
  /** The score of the lowest sample number: a single rating, for agreement. */
  first: number;
  firstSample: number;
  abstains: number;
  errors: number;
  /** As of a pair. */
  missingWeight: number;
}

interface QuestionBase {
  readonly item: string;
  readonly cluster: string;
  readonly category: string | null;
  /** Human and gold labels, by rater. */
  readonly labels: Map<number, PairAnswer | ScoreAnswer>;
}

/** Which of two candidates is better? x sorts before y. */
export interface PairQuestion extends QuestionBase {
  readonly kind: 'pair';
  readonly x: string;
  readonly y: string;
  /** Characters of x minus characters of y; null where a text is unknown. */
  readonly lengthDifference: number | null;
  readonly authors: readonly [x: string | null, y: string | null];
  readonly answers: Map<number, PairAnswer>;
}

/** How good is this candidate? */
export interface ScoreQuestion extends QuestionBase {
  readonly kind: 'score';
  readonly candidate: string;
  readonly criterion: string | null;
  readonly answers: Map<number, ScoreAnswer>;
}

export type Question = PairQuestion | ScoreQuestion;

export interface BookRater {
  readonly id: string;
  readonly kind: RaterKind;
  readonly model: string | null;
  readonly family: string | null;
  /** The scale of its scores as `min..max`; null where it states none. */
  scale: string | null;
}

/** All votes and labels, question by question; texts are not kept. */
export interface AnswerBook {
  readonly raters: readonly BookRater[];
  readonly pairs: readonly PairQuestion[];
  readonly scores: readonly ScoreQuestion[];
  readonly votes: number;
  readonly labels: number;
  /** Votes and labels of weight 0: each is counted as an abstention. */
  readonly weightless: number;
  /** Votes and labels of a weight between 0 and 1. */
  readonly light: number;
  /** Irregularities of the input, and how often they occurred. */
  readonly warnings: ReadonlyMap<string, number>;
}

/** What is kept of an item. */
export interface ItemFacts {
  readonly category: string | null;
  readonly cluster: string;
  readonly candidates: ReadonlyMap<
    string,
    { readonly characters: number | null; readonly author: string | null }
  >;
}

export function factsOf(item: Item): ItemFacts {
  return {
    category: item.category ?? null,
    cluster: item.cluster ?? item.id,
    candidates: new Map(
      item.candidates.map(({ id, text, model }) => [
        id,
        { characters: text === null ? null : text.length, author: model ?? null },
      ]),
    ),
  };
}

export function emptyPairAnswer(): PairAnswer {
  const tally = (): Tally => ({ x: 0, neither: 0, y: 0 });
  return {
    kind: 'pair',
    xFirst: tally(),
    yFirst: tally(),
    orderless: tally(),
    abstains: 0,
    errors: 0,
    missingWeight: 0,
    criteria: null,
  };
}

/** The tallies of one criterion of an answer, created when first asked for. */
export function ofCriterion(answer: PairAnswer, criterion: string): PairTallies {
  answer.criteria ??= new Map();
  const known = answer.criteria.get(criterion);
  if (known !== undefined) return known;
  const { xFirst, yFirst, orderless } = emptyPairAnswer();
  answer.criteria.set(criterion, { xFirst, yFirst, orderless });
  return { xFirst, yFirst, orderless };
}

export function countOf({ x, neither, y }: Tally): number {
  return x + neither + y;
}

/** Mean weight of the votes of an answer, in (0, 1], as in reconciliation. */
export function weightOfAnswer(answer: PairAnswer | ScoreAnswer): number {
  const opinions =
    answer.kind === 'score'
      ? answer.count
      : countOf(answer.xFirst) + countOf(answer.yFirst) + countOf(answer.orderless);
  return opinions === 0 ? 1 : 1 - answer.missingWeight / opinions;
}

/** Share of votes for x minus share for y over a tally, in [-1, 1]; null where there is no opinion. */
export function leanOf(tally: Tally): number | null {
  const count = countOf(tally);
  return count === 0 ? null : (tally.x - tally.y) / count;
}

/** A rater's answer as 1 (x), 0 (no preference, or a flip with the order) or -1 (y); null without an opinion. */
export function verdictOf(answer: PairAnswer): number | null {
  const ordered = [leanOf(answer.xFirst), leanOf(answer.yFirst)].filter((lean) => lean !== null);
  const parts = ordered.length === 0 ? [] : [ordered.reduce((sum, lean) => sum + lean, 0) / ordered.length];
  const orderless = leanOf(answer.orderless);
  if (orderless !== null) parts.push(orderless);
  if (parts.length === 0) return null;
  return Math.sign(parts.reduce((sum, lean) => sum + lean, 0));
}

/** A rater's single rating; null without one. */
export function ratingOf(answer: ScoreAnswer): number | null {
  return answer.count === 0 ? null : answer.first;
}

/** The value of a rater's answer in agreement statistics. */
export function valueOfAnswer(answer: PairAnswer | ScoreAnswer): number | null {
  return answer.kind === 'pair' ? verdictOf(answer) : ratingOf(answer);
}
