import { mean, variance } from '../descriptive/moments.ts';
import { type Estimate, known, unknown } from '../estimate.ts';
import { adjustPValues } from '../multiple-testing/adjust-p-values.ts';
import { studentCdf } from '../special/student-t.ts';

/**
 * Values by unit id. Labels may be text or numbers; `negativeRmse` needs numbers.
 * @example
 * const judge: Annotations = new Map([['q1', 'A'], ['q2', 'B']]);
 */
export type Annotations = ReadonlyMap<string, string | number>;

/**
 * What counts as close enough, and how much data an annotator must have.
 * @example
 * const options: AlternativeTestOptions = { epsilon: 0.1, scoring: 'accuracy', minUnitsPerHuman: 30 };
 */
export interface AlternativeTestOptions {
  /** Accepted loss for the higher cost of a human: 0.2 experts, 0.15 skilled, 0.1 crowd (as the paper advises). */
  readonly epsilon: number;
  readonly scoring?: 'accuracy' | 'negativeRmse';
  readonly falseDiscoveryRate?: number;
  readonly minHumansPerUnit?: number;
  readonly minUnitsPerHuman?: number;
}

/**
 * What the alternative annotator test finds; rates and p-values are in [0, 1].
 * @example
 * const test: AlternativeTest = { winningRate: 0.5, advantageProbability: 0.8, annotators: [] };
 */
export interface AlternativeTest {
  /** Share of human annotators that the judge can replace, in [0, 1]; the test is passed at 0.5 or more. */
  readonly winningRate: number;
  /** Mean over annotators of P(judge at least as close to the other annotators as this one), in [0, 1]. */
  readonly advantageProbability: number;
  /** The annotators with enough units. */
  readonly annotators: readonly {
    readonly human: string;
    readonly units: number;
    readonly advantage: number;
    readonly pValue: number;
    readonly rejected: boolean;
  }[];
}

/**
 * The alternative annotator test (Calderon, Reichart & Dror 2025): leaves out one human at a time, compares which of judge
 * and human is closer to the others, and tests (human wins - judge wins) < epsilon by a one-sided t test, with
 * Benjamini-Yekutieli over humans. Ties count as wins of both. A difference without variance decides by its sign.
 * Undefined when no human has enough units shared with the judge and other humans.
 * @example
 * const labels = (text: string) => new Map([...text].map((label, unit) => [`q${unit}`, label]));
 * const humans = new Map([['ann', labels('AABBAB')], ['ben', labels('AABBBB')], ['cem', labels('ABBBAB')]]);
 * alternativeAnnotatorTest(labels('AABBAB'), humans, { epsilon: 0.2, minHumansPerUnit: 2, minUnitsPerHuman: 5 });
 * // { winningRate: 0.3333, advantageProbability: 1, annotators: [{ human: "ann", units: 6, …
 */
export function alternativeAnnotatorTest(
  judge: Annotations,
  humans: ReadonlyMap<string, Annotations>,
  options: AlternativeTestOptions,
): Estimate<AlternativeTest> {
  const { epsilon, scoring = 'accuracy', falseDiscoveryRate = 0.05 } = options;
  const { minHumansPerUnit = 2, minUnitsPerHuman = 30 } = options;
  const score = scoring === 'accuracy' ? accuracy : negativeRmse;
  const raters = new Map<string, string[]>();
  for (const [human, annotations] of humans) {
    for (const unit of annotations.keys()) {
      const list = raters.get(unit);
      if (list === undefined) raters.set(unit, [human]);
      else list.push(human);
    }
  }
  const usable = (unit: string) => judge.has(unit) && raters.get(unit)!.length >= minHumansPerUnit;

  const tested: { human: string; units: number; advantage: number; pValue: number }[] = [];
  for (const [human, annotations] of humans) {
    const units = [...annotations.keys()].filter(usable);
    if (units.length < Math.max(2, minUnitsPerHuman)) continue;
    let judgeWins = 0;
    const differences = units.map((unit) => {
      const others = raters
        .get(unit)!
        .flatMap((other) => (other === human ? [] : [humans.get(other)!.get(unit)!]));
      const humanScore = score(annotations.get(unit)!, others);
      const judgeScore = score(judge.get(unit)!, others);
      if (judgeScore >= humanScore) judgeWins += 1;
      return (humanScore >= judgeScore ? 1 : 0) - (judgeScore >= humanScore ? 1 : 0);
    });
    tested.push({
      human,
      units: units.length,
      advantage: judgeWins / units.length,
      pValue: pValueBelow(differences, epsilon),
    });
  }
  if (tested.length === 0) {
    return unknown(
      `no human shares ${minUnitsPerHuman} units with the judge and ${minHumansPerUnit - 1} or more other humans`,
    );
  }
  const adjusted = adjustPValues(
    tested.map(({ pValue }) => pValue),
    'benjamini-yekutieli',
  );
  const annotators = tested.map((annotator, index) => ({
    ...annotator,
    rejected: adjusted[index]! <= falseDiscoveryRate,
  }));
  return known({
    winningRate: annotators.filter(({ rejected }) => rejected).length / annotators.length,
    advantageProbability: mean(annotators.map(({ advantage }) => advantage)),
    annotators,
  });
}

/** One-sided one-sample t test of mean < bound. */
function pValueBelow(values: readonly number[], bound: number): number {
  const error = Math.sqrt(variance(values, 1) / values.length);
  const distance = mean(values) - bound;
  if (error === 0) return distance < 0 ? 0 : 1;
  return studentCdf(distance / error, values.length - 1);
}

function accuracy(value: string | number, others: readonly (string | number)[]): number {
  return others.filter((other) => other === value).length / others.length;
}

function negativeRmse(value: string | number, others: readonly (string | number)[]): number {
  return -Math.sqrt(mean(others.map((other) => (Number(value) - Number(other)) ** 2)));
}
