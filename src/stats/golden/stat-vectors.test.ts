import { describe, expect, it } from 'vitest';
import { agreementChecks } from '../../../test/support/golden/agreement-checks.ts';
import { calibrationChecks } from '../../../test/support/golden/calibration-checks.ts';
import { inferenceChecks } from '../../../test/support/golden/inference-checks.ts';
import { intervalChecks } from '../../../test/support/golden/interval-checks.ts';
import { rankingChecks } from '../../../test/support/golden/ranking-checks.ts';
import { raterModelChecks } from '../../../test/support/golden/rater-model-checks.ts';
import type { StatVector } from '../../../test/support/golden/vector.ts';
import { readSharedJson, sharedDataPresent } from '../../../test/support/shared-data.ts';

const tables = [
  agreementChecks,
  calibrationChecks,
  inferenceChecks,
  intervalChecks,
  rankingChecks,
  raterModelChecks,
];

describe.skipIf(!sharedDataPresent())(
  'statistics against reference vectors (shared/data/stat-vectors.json)',
  () => {
    const { n, vectors } = sharedDataPresent()
      ? (readSharedJson('stat-vectors.json') as { n: number; vectors: readonly StatVector[] })
      : { n: 0, vectors: [] };

    it('has exactly one check for each of the 63 vectors, and no check without a vector', () => {
      expect(vectors).toHaveLength(63);
      expect(n).toBe(63);
      expect(new Set(vectors.map(({ area, name }) => `${area}: ${name}`)).size).toBe(63);
      const areas = tables.flatMap((table) => Object.keys(table));
      expect(areas.toSorted()).toEqual([...new Set(vectors.map(({ area }) => area))].sort());
    });

    for (const vector of vectors) {
      it(`${vector.area}: ${vector.name}`, () => {
        const check = tables.map((table) => table[vector.area]).find((found) => found !== undefined);
        check!(vector);
        expect.hasAssertions();
      });
    }
  },
);
