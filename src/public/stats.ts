/**
 * The statistics behind agreement, calibration, rankings, gates and rater models: pure functions over numbers, each
 * with its source in its docstring. No clock, no disk, no network.
 *
 * @example
 * import { countUnits, krippendorffAlpha, wilsonInterval } from 'quorate/stats';
 *
 * const alpha = krippendorffAlpha(countUnits([[1, 1], [2, 2], [1, 2]]), 'nominal');
 * console.log(alpha, wilsonInterval(87, 100));
 *
 * @module quorate/stats
 */
export {
  type AlternativeTest,
  type AlternativeTestOptions,
  type Annotations,
  alternativeAnnotatorTest,
} from '../stats/agreement/alternative-annotator-test.ts';
export { cohenKappa, type Kappa } from '../stats/agreement/cohen-kappa.ts';
export {
  effectiveFromCorrelations,
  effectiveRaters,
  type PairMoments,
} from '../stats/agreement/effective-raters.ts';
export { type FleissKappa, fleissKappa } from '../stats/agreement/fleiss-kappa.ts';
export { type GwetAgreement, gwetAgreement } from '../stats/agreement/gwet-ac.ts';
export {
  krippendorffAlpha,
  type MeasurementLevel,
  measurementLevels,
} from '../stats/agreement/krippendorff-alpha.ts';
export { contingencyTable, type McNemarTest, mcnemarTest } from '../stats/agreement/mcnemar.ts';
export { percentAgreement } from '../stats/agreement/percent-agreement.ts';
export { layersOfUnit, type RatingLayer } from '../stats/agreement/rating-layers.ts';
export {
  agreementWeight,
  byUnit,
  countUnits,
  type Unit,
  type UnitCounts,
  type WeightScheme,
} from '../stats/agreement/unit-counts.ts';
export {
  type BcaInterval,
  bcaInterval,
  drawClusters,
  percentileInterval,
} from '../stats/bootstrap/bootstrap-interval.ts';
export { type PairedDifference, pairedDifference } from '../stats/bootstrap/paired-difference.ts';
export {
  accuracyCoverage,
  type CoveragePoint,
  riskCoverageArea,
} from '../stats/calibration/accuracy-coverage.ts';
export { auroc } from '../stats/calibration/auroc.ts';
export { applyBeta, type BetaCalibration, fitBeta } from '../stats/calibration/beta.ts';
export { applyIsotonic, fitIsotonic, type IsotonicMap } from '../stats/calibration/isotonic.ts';
export { applyPlatt, fitPlatt, type PlattScaling } from '../stats/calibration/platt.ts';
export { brierScore, logLoss } from '../stats/calibration/proper-scores.ts';
export {
  errorOfBins,
  expectedCalibrationError,
  type ReliabilityBin,
  reliabilityBins,
} from '../stats/calibration/reliability-bins.ts';
export {
  applyTemperature,
  fitTemperature,
  type TemperatureScaling,
} from '../stats/calibration/temperature.ts';
export { riskControlThreshold, splitConformalQuantile } from '../stats/conformal/conformal.ts';
export { covariance, mean, quantileOfSorted, variance } from '../stats/descriptive/moments.ts';
export type { Estimate, Interval } from '../stats/estimate.ts';
export { type ClusteredMean, clusteredMean } from '../stats/intervals/cluster-standard-error.ts';
export { type ClusteredProportion, clusteredProportion } from '../stats/intervals/clustered-proportion.ts';
export { type GroupedProportion, groupedProportion } from '../stats/intervals/grouped-proportion.ts';
export {
  agrestiCoullInterval,
  clopperPearsonInterval,
  clopperPearsonUpper,
  jeffreysInterval,
  wilsonInterval,
} from '../stats/intervals/proportion.ts';
export { adjustPValues, type Correction, gatekeep } from '../stats/multiple-testing/adjust-p-values.ts';
export { type ClusteredPpiMean, clusteredPpiMean, type PpiUnit } from '../stats/ppi/clustered-ppi-mean.ts';
export {
  type CorrectedShare,
  correctJudgeErrors,
  type JudgeErrors,
} from '../stats/ppi/judge-error-correction.ts';
export { type PpiMean, type PpiOptions, ppiMean, ppiPValue } from '../stats/ppi/ppi-mean.ts';
export { type Random, seededRandom, shuffled } from '../stats/random.ts';
export { type BradleyTerryFit, fitBradleyTerry } from '../stats/ranking/bradley-terry.ts';
export type { PairRecord } from '../stats/ranking/comparisons.ts';
export { davidson, fitDavidson } from '../stats/ranking/davidson.ts';
export {
  type LengthControlledLogOdds,
  type LengthControlledWinRate,
  lengthControlledLogOdds,
  lengthControlledWinRate,
} from '../stats/ranking/length-controlled-error.ts';
export type { Curve, Maximum } from '../stats/ranking/maximise.ts';
export { fitRaoKupper, raoKupper } from '../stats/ranking/rao-kupper.ts';
export { fitTieModel, type OutcomeSlopes, type TieFit, type TieModel } from '../stats/ranking/tie-model.ts';
export { type DawidSkeneFit, type EmOptions, fitDawidSkene } from '../stats/rater-models/dawid-skene.ts';
export { fitGlad, type GladFit } from '../stats/rater-models/glad.ts';
export { fitMace, type MaceFit, type MaceOptions } from '../stats/rater-models/mace.ts';
export { fitOneCoin, type OneCoinFit } from '../stats/rater-models/one-coin.ts';
export {
  indexResponses,
  type NamedResponses,
  type Responses,
  voteShares,
} from '../stats/rater-models/responses.ts';
export type { SymmetricMatrix } from '../stats/regression/cholesky.ts';
export { fitGroupedRidge, type GroupedFit, type GroupedRows } from '../stats/regression/grouped-ridge.ts';
export {
  fitLogistic,
  type LogisticFit,
  type LogisticOptions,
} from '../stats/regression/logistic-regression.ts';
export { BettingTest, confidenceSequence } from '../stats/sequential/betting-test.ts';
export {
  betaMixtureWealth,
  bettingWealth,
  type MixtureSprt,
  mixtureSprt,
} from '../stats/sequential/e-processes.ts';
export { minhashOf, signatureLength, similarityOf, visitShingles } from '../stats/similarity/minhash.ts';
export { gatherNearDuplicates, type NearDuplicates } from '../stats/similarity/near-duplicates.ts';
export { digamma, logBeta, logChoose, logGamma } from '../stats/special/gamma.ts';
export { betaQuantile, incompleteBeta } from '../stats/special/incomplete-beta.ts';
export { chiSquareUpperTail, upperIncompleteGamma } from '../stats/special/incomplete-gamma.ts';
export { logit, sigmoid, softplus } from '../stats/special/logistic.ts';
export { normalCdf, normalPdf, normalQuantile } from '../stats/special/normal.ts';
export { studentCdf, studentQuantile } from '../stats/special/student-t.ts';
export { medianWait, survivalAt, type Wait } from '../stats/survival/kaplan-meier.ts';
export {
  type BetaFitLimits,
  type BetaShape,
  betaShape,
  fitBetaShares,
  logBetaBinomialFactor,
} from '../stats/testing/beta-binomial.ts';
export { type MarginTest, testMargin } from '../stats/testing/margin-test.ts';
export { logNoncentralHypergeometric } from '../stats/testing/noncentral-hypergeometric.ts';
export { minimumDetectableEffect, type PowerTarget, unitsNeeded } from '../stats/testing/power.ts';
