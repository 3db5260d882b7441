import { describe, expect, it } from 'vitest';
import { readSharedJson, sharedDataPresent } from '../../../test/support/shared-data.ts';
import { agreementChecks } from './agreement-checks.test-support.ts';
import { calibrationChecks } from './calibration-checks.test-support.ts';
import { inferenceChecks } from './inference-checks.test-support.ts';
import { intervalChecks } from './interval-checks.test-support.ts';
import { rankingChecks } from './ranking-checks.test-support.ts';
import { raterModelChecks } from './rater-model-checks.test-support.ts';
import type { StatVector } from './vector.test-support.ts';

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
