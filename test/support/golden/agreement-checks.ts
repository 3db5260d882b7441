import { expect } from 'vitest';
import { alternativeAnnotatorTest } from '../../../src/stats/agreement/alternative-annotator-test.ts';
import { cohenKappa } from '../../../src/stats/agreement/cohen-kappa.ts';
import { fleissKappa } from '../../../src/stats/agreement/fleiss-kappa.ts';
import { gwetAgreement } from '../../../src/stats/agreement/gwet-ac.ts';
import { krippendorffAlpha } from '../../../src/stats/agreement/krippendorff-alpha.ts';
import { contingencyTable, mcnemarTest } from '../../../src/stats/agreement/mcnemar.ts';
import { byUnit, countUnits } from '../../../src/stats/agreement/unit-counts.ts';
import { checkOnHalf } from './alternative-test-data.ts';
import { definedValue, near, type StatVector, type VectorCheck } from './vector.ts';

/** Two raters' table as units of two ratings each. */
function unitsOfTable(table: readonly (readonly number[])[]): number[][] {
  return table.flatMap((row, i) => row.flatMap((count, j) => Array.from({ length: count }, () => [i, j])));
}

function checkSynthetic({ input, expected, tol }: StatVector): void {
  const humans = new Map(
    Object.entries<Record<string, number>>(input.humans).map(([human, values]) => [
      human,
      new Map(Object.entries(values)),
    ]),
  );
  const judge = new Map<string, number>(Object.entries(input.llm));
  for (const [key, epsilon] of [
    ['eps0.2', 0.2],
    ['eps0', 0],
  ] as const) {
    const result = definedValue(
      alternativeAnnotatorTest(judge, humans, { epsilon, falseDiscoveryRate: input.q_fdr }),
    );
    near(result.winningRate, expected[key].winning_rate, tol);
    near(result.advantageProbability, expected[key].advantage_prob, tol);
  }
}

export const agreementChecks: Readonly<Record<string, VectorCheck>> = {
  krippendorff_alpha: ({ input, expected, tol }) => {
    const alpha = krippendorffAlpha(countUnits(byUnit(input.ratings_coder_by_unit)), input.level);
    if (typeof expected === 'string') expect(alpha.defined).toBe(false);
    else near(definedValue(alpha), expected, tol);
  },
  cohen_kappa: ({ input, expected, tol }) => {
    const table = input.table ?? contingencyTable(input.a, input.b);
    const plain = cohenKappa(table);
    if (expected === null) {
      expect(plain.defined).toBe(false);
      return;
    }
    near(definedValue(plain).kappa, expected.kappa, tol);
    const quadratic = definedValue(cohenKappa(table, 'quadratic'));
    const linear = definedValue(cohenKappa(table, 'linear'));
    if (expected.kappa_linear !== undefined) near(linear.kappa, expected.kappa_linear, tol);
    if (expected.kappa_quadratic !== undefined) near(quadratic.kappa, expected.kappa_quadratic, tol);
    if (expected.se_quadratic !== undefined) near(quadratic.standardError, expected.se_quadratic, tol);
    if (expected.se_fleiss_cohen_everitt !== undefined) {
      near(definedValue(plain).standardError, expected.se_fleiss_cohen_everitt, tol);
      near(definedValue(plain).nullStandardError, expected.se0_null, tol);
    }
  },
  fleiss_kappa: ({ input, expected, tol }) => {
    const ratings = (input.counts as number[][]).map((row) =>
      row.flatMap((count, value) => Array.from({ length: count }, () => value)),
    );
    const result = definedValue(fleissKappa(countUnits(ratings)));
    near(result.kappa, expected.kappa, tol);
    if (expected.randolph !== undefined) near(result.randolph, expected.randolph, tol);
  },
  gwet_ac: ({ input, expected, tol }) => {
    const ratings =
      input.table === undefined ? byUnit(input.ratings_coder_by_unit) : unitsOfTable(input.table);
    const result = definedValue(gwetAgreement(countUnits(ratings), input.weights ?? 'identity'));
    near(result.observed, expected.pa, tol);
    near(result.expected, expected.pe, tol);
    near(result.coefficient, expected.coef, tol);
  },
  alt_test: (vector) => (vector.input.humans ? checkSynthetic(vector) : checkOnHalf(vector)),
  mcnemar: ({ input, expected, tol }) => {
    const [[, onlyFirst], [onlySecond]] = input.table;
    const result = mcnemarTest(onlyFirst, onlySecond);
    near(result.exactP, expected.exact_p, tol);
    near(result.statistic, expected.statistic_cc, tol);
    near(result.chiSquareP, expected.chi2_cc_p, tol);
  },
};
