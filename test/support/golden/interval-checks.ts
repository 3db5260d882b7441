import { bcaInterval, percentileInterval } from '../../../src/stats/bootstrap/bootstrap-interval.ts';
import { mean } from '../../../src/stats/descriptive/moments.ts';
import type { Interval } from '../../../src/stats/estimate.ts';
import { clusteredMean } from '../../../src/stats/intervals/cluster-standard-error.ts';
import {
  agrestiCoullInterval,
  clopperPearsonInterval,
  jeffreysInterval,
  wilsonInterval,
} from '../../../src/stats/intervals/proportion.ts';
import { allNear, definedValue, near, type VectorCheck } from './vector.ts';

const bounds = ({ low, high }: Interval) => [low, high];

export const intervalChecks: Readonly<Record<string, VectorCheck>> = {
  proportion_ci: ({ input: { k, n, alpha }, expected, tol }) => {
    allNear(bounds(wilsonInterval(k, n, alpha)), expected.wilson, tol);
    allNear(bounds(clopperPearsonInterval(k, n, alpha)), expected.beta, tol);
    allNear(bounds(jeffreysInterval(k, n, alpha)), expected.jeffreys, tol);
    allNear(bounds(agrestiCoullInterval(k, n, alpha)), expected.agresti_coull, tol);
  },
  cluster_se: ({ input, expected, tol }) => {
    const result = definedValue(clusteredMean(input.x, input.cluster));
    near(result.mean, expected.mean, tol);
    near(result.iidError, expected.se_iid, tol);
    near(result.cr0Error, expected.se_cluster_CR0, tol);
    near(result.cr1Error, expected.se_cluster_statsmodels_CR1, tol);
  },
  bootstrap: ({ input, expected, tol }) => {
    allNear(bounds(percentileInterval(input.replicates, input.alpha)), expected.percentile_linear, tol);
    const sample: number[] = input.jackknife_sample;
    const leaveOneOut = sample.map((_, left) => mean(sample.filter((_, index) => index !== left)));
    const bca = bcaInterval(input.replicates, input.theta_hat, leaveOneOut, input.alpha);
    near(bca.bias, expected.z0, tol);
    near(bca.acceleration, expected.acceleration, tol);
    allNear(bca.levels, expected.bca_levels, tol);
    allNear(bounds(bca), expected.bca_ci_linear, tol);
  },
};
