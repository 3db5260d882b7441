import { describe, expect, it } from 'vitest';
import { readSharedJson, sharedDataPresent } from '../../../test/support/shared-data.ts';
import { calibrationChecks } from './calibration-checks.test-support.ts';
import { intervalChecks } from './interval-checks.test-support.ts';
import { raterModelChecks } from './rater-model-checks.test-support.ts';
import type { StatVector } from './vector.test-support.ts';

const checks = { ...calibrationChecks, ...intervalChecks, ...raterModelChecks };

describe.skipIf(!sharedDataPresent())(
  'statistics against reference vectors (shared/data/stat-vectors.json)',
  () => {
    const { vectors } = sharedDataPresent()
      ? (readSharedJson('stat-vectors.json') as { vectors: readonly StatVector[] })
      : { vectors: [] };

    for (const vector of vectors.filter(({ area }) => area in checks)) {
      it(`${vector.area}: ${vector.name}`, () => {
        checks[vector.area]!(vector);
        expect.hasAssertions();
      });
    }
  },
);
