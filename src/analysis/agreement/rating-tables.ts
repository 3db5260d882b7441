import type { AnswerBook, Question } from './answer-book.ts';
import type { RatingTable } from './group-agreement.ts';
import { labelOf, type Opinion, opinionOf, type Reference } from './reference-answers.ts';

/** The tables for agreement among judges and among human raters. */
export function ratingTables(
  book: AnswerBook,
  questions: readonly Question[],
  judges: readonly number[],
  reference: Reference,
): RatingTable[] {
  const humanRaters = book.raters.flatMap(({ kind }, index) => (kind === 'human' ? [index] : []));
  const judged = tableOf(book, questions, judges, 'judges', reference);
  // human raters that are the raters under study are not reported twice
  const human = humanRaters.some((rater) => judges.includes(rater))
    ? null
    : tableOf(book, questions, humanRaters, 'human', reference);
  return [judged, human].filter((table) => table !== null);
}

/** Judges, and the labels as one more rater, for the kappa matrix. */
export function kappaTable(
  book: AnswerBook,
  questions: readonly Question[],
  judges: readonly number[],
  reference: Reference,
): RatingTable | null {
  const table = tableOf(book, questions, judges, 'judges', reference);
  if (table === null) return null;
  const labels = table.truth.map((_, unit) => labelOf(book, questions[unit]!));
  if (labels.every((label) => label === null)) return table;
  return {
    ...table,
    raters: [...table.raters, 'labels'],
    columns: [...table.columns, valuesOf(labels)],
    weights: [...table.weights, weightsOf(labels)],
  };
}

function tableOf(
  book: AnswerBook,
  questions: readonly Question[],
  raters: readonly number[],
  group: RatingTable['group'],
  reference: Reference,
): RatingTable | null {
  const on = questions[0]?.kind === 'score' ? 'scores' : 'pairs';
  const kept = on === 'pairs' ? raters : sameScale(book, raters);
  if (kept.length < 2) return null;
  const opinions = kept.map((rater) =>
    questions.map((question) => {
      const answer = question.answers.get(rater) ?? question.labels.get(rater);
      return answer === undefined ? null : opinionOf(answer);
    }),
  );
  if (opinions.every((column) => column.every((opinion) => opinion === null))) return null;
  const truth = questions.map(reference);
  return {
    group,
    on,
    raters: kept.map((rater) => book.raters[rater]!.id),
    columns: opinions.map(valuesOf),
    weights: opinions.map(weightsOf),
    clusters: questions.map(({ cluster }) => cluster),
    truth: valuesOf(truth),
    truthWeights: weightsOf(truth),
  };
}

function valuesOf(opinions: readonly (Opinion | null)[]): (number | null)[] {
  return opinions.map((opinion) => opinion?.value ?? null);
}

function weightsOf(opinions: readonly (Opinion | null)[]): number[] {
  return opinions.map((opinion) => opinion?.weight ?? 1);
}

/** Scores can only be compared on one scale: the one that most raters use. */
function sameScale(book: AnswerBook, raters: readonly number[]): number[] {
  const groups = new Map<string | null, number[]>();
  for (const rater of raters) {
    const { scale } = book.raters[rater]!;
    groups.set(scale, [...(groups.get(scale) ?? []), rater]);
  }
  return [...groups.values()].reduce((best, group) => (group.length > best.length ? group : best), []);
}
