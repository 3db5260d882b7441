import type { CleaningSettings } from '../../domain/feedback-settings.ts';
import {
  type BetaShape,
  betaShape,
  fitBetaShares,
  logBetaBinomialFactor,
} from '../../stats/testing/beta-binomial.ts';
import type { AuthorRuns } from './author-runs.ts';
import { agreeOn, type Consensus, opinionsOf } from './consensus.ts';
import type { EventTable } from './event-table.ts';
import { countAnswers, type Gold } from './evidence/answers.ts';
import type { Counts } from './evidence/common-habit.ts';
import { type Targeting, targetingEvidence } from './evidence/targeting.ts';
import { countTimings } from './evidence/timing.ts';
import { uninformedEvidence } from './evidence/uninformed.ts';

/** The tests by group: evidence is averaged within a group and multiplied across groups. */
const groups = {
  timing: ['fast', 'burst', 'regular'],
  answers: ['constant', 'first', 'blind', 'disagreeing', 'targeting'],
  texts: ['copied'],
  checks: ['failed'],
} as const;

/** Name of a test for machines or attackers. */
export type TestName = (typeof groups)[keyof typeof groups][number];

interface Habit {
  /** Prior of the counts for humans, and limits of its fit. */
  readonly humans: BetaShape;
  readonly maxMean: number;
  readonly maxConcentration: number;
  readonly machines: readonly BetaShape[];
  /** Share of humans who show it like a machine: no factor can exceed 1 / this. */
  readonly outlierShare: number;
}

/** Rates of humans and of machines. Concentrations of humans stay low on purpose: some humans are always unusual, which alone
 * must not be proof.
 */
const habits = {
  fast: habit(0.0003, betaShape(0.12, 4), 0.4, 8, [betaShape(0.85, 6), betaShape(0.6, 4)]),
  burst: habit(0.0003, betaShape(0.04, 5), 0.25, 10, [betaShape(0.85, 6)]),
  regular: habit(0.0003, betaShape(0.25, 15), 0.45, 30, [betaShape(0.8, 6)]),
  constant: habit(0.1, betaShape(0.75, 6), 0.95, 12, [betaShape(0.99, 60)]),
  first: habit(0.0001, betaShape(0.5, 16), 0.95, 30, [betaShape(0.93, 14), betaShape(0.07, 14)]),
  disagreeing: habit(0.002, betaShape(0.2, 10), 0.4, 20, [betaShape(0.5, 40), betaShape(0.85, 8)]),
  copied: habit(0.0005, betaShape(0.03, 4), 0.3, 8, [betaShape(0.8, 5)]),
  failed: habit(0.002, betaShape(0.08, 8), 0.25, 12, [betaShape(0.5, 10), betaShape(0.9, 10)]),
} satisfies Partial<Record<TestName, Habit>>;

type Habitual = keyof typeof habits;

function habit(
  outlierShare: number,
  humans: BetaShape,
  maxMean: number,
  maxConcentration: number,
  machines: readonly BetaShape[],
): Habit {
  return { outlierShare, humans, maxMean, maxConcentration, machines };
}

const rounds = 3;
/** Prior strength of the rates, in authors. */
const priorAuthors = 20;

/** Evidence about each author. */
export interface Suspicion {
  /** ln evidence that the author is a machine or an attacker: an e-value under "human". */
  readonly evidence: Float64Array;
  /** P(machine or attacker), with their share estimated from all authors. */
  readonly posterior: Float64Array;
  /** 1 while the evidence is below 1 / false positive rate. */
  readonly trusted: Int8Array;
  /** ln evidence of each single test. */
  readonly tests: Readonly<Record<TestName, Float64Array>>;
  readonly counts: Readonly<Record<Habitual, Counts>>;
  /** Fitted rate of each habit among humans. */
  readonly usual: Readonly<Record<Habitual, number>>;
  readonly targeting: Targeting;
  readonly ratings: Consensus;
  readonly comparisons: Consensus;
  readonly untimedSources: readonly string[];
  /** Estimated share of authors that are machines or attackers. */
  readonly share: number;
}

/** Combines all evidence about each author. Each test gives a Bayes factor of "machine" against "human"; the variation among
 * humans is fitted to the authors that are still trusted (three rounds). Half of the evidence is the mean of all factors (a
 * machine that shows in one test), an e-value under any dependence (Vovk & Wang 2021). The other half is a product over groups
 * of tests (a machine that shows in several); factors are averaged within a group and mixed half and half with 1, since no
 * machine shows in every test. If the distributions of humans were exact, P(human quarantined) <= falsePositiveRate by
 * Markov's inequality.
 */
export function suspectAuthors(
  table: EventTable,
  runs: AuthorRuns,
  duplicate: Int8Array,
  known: { readonly served: Float64Array; readonly gold: Gold },
  settings: CleaningSettings,
): Suspicion {
  const authors = table.authors.size;
  const { untimedSources, ...timing } = countTimings(table, runs, known.served, settings);
  const answers = countAnswers(table, runs, known.gold);
  const rated = opinionsOf('rating', table, runs, duplicate, known.gold);
  const compared = opinionsOf('comparison', table, runs, duplicate, known.gold);
  let honest = new Float64Array(authors).fill(1);
  let trusted = new Int8Array(authors).fill(1);
  let found: Omit<Suspicion, 'untimedSources'> | null = null;
  for (let round = 0; round < rounds; round += 1) {
    const ratings = agreeOn(rated, trusted);
    const comparisons = agreeOn(compared, trusted);
    const blind = uninformedEvidence(ratings, honest);
    const pairs = uninformedEvidence(comparisons, honest);
    const counts: Record<Habitual, Counts> = {
      ...timing,
      ...answers,
      disagreeing: { k: pairs.seen.map((n, author) => n - pairs.agreed[author]!), n: pairs.seen },
    };
    const targeting = targetingEvidence(table, runs, duplicate, honest);
    const { tests, usual } = testHabits(counts, round === 0 ? null : honest);
    const all = { ...tests, blind: blind.evidence, targeting: targeting.evidence };
    const evidence = combined(all, authors);
    const share = shareOfMachines(evidence);
    const posterior = evidence.map((value) => {
      const odds = Math.exp(Math.min(600, value)) * (share / (1 - share));
      return odds / (1 + odds);
    });
    trusted = Int8Array.from(evidence, (value) => (value < -Math.log(settings.falsePositiveRate) ? 1 : 0));
    honest = posterior.map((value) => 1 - value);
    found = {
      evidence,
      posterior,
      trusted,
      tests: all,
      counts,
      usual,
      targeting,
      ratings,
      comparisons,
      share,
    };
  }
  return { ...found!, untimedSources };
}

function testHabits(counts: Record<Habitual, Counts>, honest: Float64Array | null) {
  const tests = {} as Record<Habitual, Float64Array>;
  const usual = {} as Record<Habitual, number>;
  for (const name of Object.keys(habits) as Habitual[]) {
    const { outlierShare, humans, maxMean, maxConcentration, machines } = habits[name];
    const { k, n } = counts[name];
    const limits = { prior: humans, priorWeight: priorAuthors, maxMean, maxConcentration };
    const shape = honest === null ? humans : fitBetaShares(k, n, honest, limits);
    usual[name] = shape.a / (shape.a + shape.b);
    tests[name] = Float64Array.from(n, (trials, author) => {
      if (trials === 0) return 0;
      const factors = machines.map((one) => Math.exp(logBetaBinomialFactor(k[author]!, trials, one, shape)));
      const factor = factors.reduce((sum, one) => sum + one, 0) / factors.length;
      return -Math.log((1 - outlierShare) / (factor + 1e-300) + outlierShare);
    });
  }
  return { tests, usual };
}

function combined(tests: Readonly<Record<TestName, Float64Array>>, authors: number): Float64Array {
  return Float64Array.from({ length: authors }, (_, author) => {
    let all = 0;
    let tried = 0;
    let product = 1;
    for (const group of Object.values(groups)) {
      // a test without data does not contribute
      const factors = group.map((name) => tests[name][author]!).filter((evidence) => evidence !== 0);
      if (factors.length === 0) continue;
      const sum = factors.reduce((total, evidence) => total + Math.exp(Math.min(150, evidence)), 0);
      all += sum;
      tried += factors.length;
      product *= 0.5 + (0.5 * sum) / factors.length;
    }
    return tried === 0 ? 0 : Math.log(0.5 * (all / tried) + 0.5 * product);
  });
}

/** The share of machines by EM on the factors, between one in a thousand and one in two. */
function shareOfMachines(evidence: Float64Array): number {
  let share = 0.05;
  for (let round = 0; round < 20 && evidence.length > 0; round += 1) {
    let sum = 0.05 * priorAuthors;
    for (const value of evidence) {
      const odds = Math.exp(Math.min(600, value)) * (share / (1 - share));
      sum += odds / (1 + odds);
    }
    share = Math.min(0.5, Math.max(0.001, sum / (evidence.length + priorAuthors)));
  }
  return share;
}
