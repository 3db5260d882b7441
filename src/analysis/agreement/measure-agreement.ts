import type { Preference } from '../../domain/preference.ts';
import { type Random, seededRandom } from '../../stats/random.ts';
import type { AgreementReport, RaterFacts } from './agreement-report.ts';
import { type AlternativeTestSettings, measureAlternativeTest } from './alternative-test.ts';
import {
  type AnswerBook,
  emptyPairAnswer,
  type PairAnswer,
  type PairQuestion,
  type Question,
  verdictOf,
} from './answer-book.ts';
import { measureGroupAgreement } from './group-agreement.ts';
import { measureKappaMatrix } from './kappa-matrix.ts';
import { listDisagreements } from './list-disagreements.ts';
import { measurePanel, type PanelDecision } from './panel-posterior.ts';
import { RaterLedger } from './rater-facts.ts';
import { kappaTable, ratingTables } from './rating-tables.ts';
import { consensusWithout, labelOf, type Opinion, opinionOf, type Reference } from './reference-answers.ts';
import { Resampling } from './resampling.ts';

export interface AgreementOptions extends AlternativeTestSettings {
  readonly seed: number;
  readonly replicates: number;
  /** Preferences of the same votes, reconciled without labels. */
  readonly preferences?: readonly Preference[] | undefined;
}

/** Agreement, accuracy, biases and calibration of the raters of a vote set. Deterministic for a seed; never NaN. */
export function measureAgreement(book: AnswerBook, options: AgreementOptions): AgreementReport {
  const random = seededRandom(`agree ${options.seed}`);
  const questions: readonly Question[] = book.pairs.length > 0 ? book.pairs : book.scores;
  const judges = ratersUnderStudy(book);
  const judgeSet = new Set(judges);
  const labels = new Map(questions.map((question) => [question, labelOf(book, question)]));
  const labelled = questions.filter((question) => labels.get(question) !== null && question.answers.size > 0);
  const byLabels = labelled.length > 0;
  const referenceFor = (left: number): Reference =>
    byLabels
      ? (question) => labels.get(question) ?? null
      : (question) => consensusWithout(question, judgeSet, left);
  const clusters = new Set([...book.pairs, ...book.scores].map(({ cluster }) => cluster));
  const resampling = new Resampling(clusters, options.replicates, random);
  const noReference: Reference = (question) => labels.get(question) ?? null;
  const kappa = kappaTable(book, questions, judges, noReference);
  const disagreements = listDisagreements(book, questions, judgeSet);
  return {
    votes: book.votes,
    labels: book.labels,
    ...weightsOf(book),
    items: new Set([...book.pairs, ...book.scores].map(({ item }) => item)).size,
    pairs: book.pairs.length,
    scores: book.scores.length,
    clusters: clusters.size,
    seed: options.seed,
    replicates: options.replicates,
    reference: byLabels ? 'labels' : 'leave_one_out_consensus',
    labelled_questions: labelled.length,
    raters: [
      ...judges.map((judge) => factsOfRater(book, judge, referenceFor(judge), resampling)),
      ...factsOfReferences(book, referenceFor(-1), resampling, options.seed),
    ],
    agreement: ratingTables(book, questions, judges, noReference).map((table) =>
      measureGroupAgreement(table, resampling),
    ),
    kappa: kappa === null ? null : measureKappaMatrix(kappa, resampling),
    panel: panels(book, labels, judgeSet, options, resampling),
    alternative_test: measureAlternativeTest(book, questions, judges, options),
    disagreements: disagreements.listed,
    disagreement_count: disagreements.total,
    warnings: warningsOf(book, judges),
  };
}

/** Judges of every kind; where only humans voted, the human raters. */
function ratersUnderStudy(book: AnswerBook): number[] {
  const answered = new Set<number>();
  for (const question of [...book.pairs, ...book.scores])
    for (const rater of question.answers.keys()) answered.add(rater);
  const all = [...answered].sort((a, b) => (book.raters[a]!.id < book.raters[b]!.id ? -1 : 1));
  const judges = all.filter((rater) => book.raters[rater]!.kind !== 'human');
  return judges.length > 0 ? judges : all;
}

function factsOfRater(
  book: AnswerBook,
  rater: number,
  reference: Reference,
  resampling: Resampling,
): RaterFacts {
  const ledger = new RaterLedger(book.raters[rater]!, reference, resampling);
  for (const question of book.pairs) {
    const answer = question.answers.get(rater);
    if (answer !== undefined) ledger.addPair(question, answer);
  }
  if (book.pairs.length === 0) {
    for (const question of book.scores) {
      const answer = question.answers.get(rater);
      if (answer !== undefined) ledger.addScore(question, answer);
    }
  }
  return ledger.finish();
}

function factsOfReferences(
  book: AnswerBook,
  reference: Reference,
  resampling: Resampling,
  seed: number,
): RaterFacts[] {
  return referenceRaters(seededRandom(`reference raters ${seed}`)).flatMap((rater) => {
    const ledger = new RaterLedger(
      { id: rater.name, kind: 'reference', model: null, family: null },
      reference,
      resampling,
    );
    let answered = 0;
    for (const question of book.pairs) {
      const answer: PairAnswer | null = rater.answer(question);
      if (answer === null || question.answers.size === 0) continue;
      ledger.addPair(question, answer);
      answered += 1;
    }
    return answered === 0 ? [] : [ledger.finish()];
  });
}

function panels(
  book: AnswerBook,
  labels: ReadonlyMap<Question, Opinion | null>,
  judges: ReadonlySet<number>,
  { preferences }: AgreementOptions,
  resampling: Resampling,
) {
  const labelled = book.pairs.filter((pair) => labels.get(pair)?.value && pair.answers.size > 0);
  if (labelled.length === 0) return [];
  const shares = labelled.map((pair): PanelDecision => {
    let [lean, weight] = [0, 0];
    for (const [rater, answer] of pair.answers) {
      const opinion = judges.has(rater) ? opinionOf(answer) : null;
      if (opinion === null) continue;
      lean += opinion.weight * opinion.value;
      weight += opinion.weight;
    }
    return decisionOf(pair, (1 + (weight === 0 ? 0 : lean / weight)) / 2, labels.get(pair)!.value);
  });
  const reconciledBy = new Map(
    preferences?.map((line) => [keyOf(line.item, line.pair[0], line.pair[1]), line]),
  );
  const reconciled = labelled.flatMap((pair) => {
    const line = reconciledBy.get(keyOf(pair.item, pair.x, pair.y));
    if (line === undefined) return [];
    const forX = line.chosen === pair.x ? line.probability : 1 - line.probability;
    return [decisionOf(pair, forX, labels.get(pair)!.value)];
  });
  return [
    measurePanel('vote_share', shares, resampling),
    ...(reconciled.length === 0 ? [] : [measurePanel('reconciled_without_labels', reconciled, resampling)]),
  ];
}

/** Statistics without a weighted form: every opinion counts fully in them. */
const withoutWeights = ['alternative_test', 'disagreements', 'calibration and accuracy of the panel'];

/** Reported only where a vote carries a weight. */
function weightsOf({ weightless, light }: AnswerBook): Pick<AgreementReport, 'weights'> {
  if (weightless === 0 && light === 0) return {};
  return { weights: { zero: weightless, below_one: light, not_used_in: light === 0 ? [] : withoutWeights } };
}

function decisionOf(pair: PairQuestion, probabilityOfX: number, label: number): PanelDecision {
  const confidence = Math.max(probabilityOfX, 1 - probabilityOfX);
  const correct = probabilityOfX === 0.5 ? 0.5 : probabilityOfX > 0.5 === label > 0 ? 1 : 0;
  return { cluster: pair.cluster, confidence, correct };
}

function keyOf(item: string, a: string, b: string): string {
  return `${item}\u0000${a < b ? `${a}\u0000${b}` : `${b}\u0000${a}`}`;
}

function warningsOf(book: AnswerBook, judges: readonly number[]): AgreementReport['warnings'] {
  const warnings = new Map(book.warnings);
  if (judges.length === 1) warnings.set('one_rater_only', 1);
  for (const judge of judges) {
    const answers = [...book.pairs, ...book.scores].flatMap((question) => question.answers.get(judge) ?? []);
    const opinions = answers.filter((answer) =>
      answer.kind === 'pair' ? verdictOf(answer) !== null : answer.count > 0,
    );
    const name =
      opinions.length === 0 ? 'rater_without_opinion' : opinions.length === 1 ? 'rater_with_one_vote' : null;
    if (name !== null) warnings.set(name, (warnings.get(name) ?? 0) + 1);
  }
  return [...warnings].sort().map(([warning, count]) => ({ warning, count }));
}

/** Baseline raters to compare judges with: each answers every pair once. */
interface ReferenceRater {
  readonly name: string;
  answer(question: PairQuestion): PairAnswer | null;
}

/** `longest` prefers the longer candidate (a tie at equal length), `random` chooses by a seeded coin. */
function referenceRaters(random: Random): ReferenceRater[] {
  return [
    {
      name: 'longest',
      answer: ({ lengthDifference }) =>
        lengthDifference === null ? null : orderless(Math.sign(lengthDifference)),
    },
    { name: 'random', answer: () => orderless(random() < 0.5 ? 1 : -1) },
  ];
}

function orderless(sign: number): PairAnswer {
  const answer = emptyPairAnswer();
  if (sign > 0) answer.orderless.x = 1;
  else if (sign < 0) answer.orderless.y = 1;
  else answer.orderless.neither = 1;
  return answer;
}
