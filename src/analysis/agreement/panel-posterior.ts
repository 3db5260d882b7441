import { accuracyCoverage } from '../../stats/calibration/accuracy-coverage.ts';
import { auroc } from '../../stats/calibration/auroc.ts';
import {
  expectedCalibrationError,
  type ReliabilityBin,
  reliabilityBins,
} from '../../stats/calibration/reliability-bins.ts';
import type { Estimate } from '../../stats/estimate.ts';
import type { PanelPosterior } from './agreement-report.ts';
import { Ratio, type Resampling } from './resampling.ts';

/** One decision of the panel: its confidence, and whether it agrees with the label. */
export interface PanelDecision {
  readonly cluster: string;
  /** In [0.5, 1]. */
  readonly confidence: number;
  /** 1, 0, or 0.5 where the panel is undecided. */
  readonly correct: number;
}

/** Bins of the diagram are 0.05 wide; those below 0.5 stay empty, since a decision never has less than an even chance. */
const diagramBins = 20;

export function measurePanel(
  method: PanelPosterior['method'],
  decisions: readonly PanelDecision[],
  resampling: Resampling,
): PanelPosterior {
  // sorted once, so that sorting a bootstrap draw again costs one pass
  const sorted = decisions.toSorted((a, b) => a.confidence - b.confidence);
  const groups = sorted.map(({ cluster }) => resampling.groupOf(cluster));
  const confidence = sorted.map((decision) => decision.confidence);
  const correct = sorted.map((decision) => decision.correct);
  const mean = (
    values: readonly number[],
    isRate: boolean,
    keep: (index: number) => boolean = () => true,
  ) => {
    const ratio = new Ratio(resampling.groupCount, isRate);
    values.forEach((value, index) => {
      if (keep(index)) ratio.add(groups[index]!, value);
    });
    return resampling.measureRatio(ratio);
  };
  const overDraws = (statistic: (confidence: number[], correct: number[]) => Estimate) =>
    resampling.measure(sorted.length, (weights) => {
      const drawn: number[] = [];
      for (let index = 0; index < groups.length; index += 1)
        for (let time = 0; time < weights[groups[index]!]!; time += 1) drawn.push(index);
      return statistic(
        drawn.map((index) => confidence[index]!),
        drawn.map((index) => correct[index]!),
      );
    });
  return {
    method,
    n: sorted.length,
    accuracy: mean(correct, true),
    calibration_error: overDraws(expectedCalibrationError),
    brier: mean(
      confidence.map((value, index) => (value - correct[index]!) ** 2),
      false,
    ),
    auroc: overDraws((values, outcomes) => auroc(values, outcomes)),
    reliability: reliabilityBins(confidence, correct, diagramBins).map((bin) => ({
      low: bin.low,
      high: bin.high,
      count: bin.count,
      probability: bin.meanProbability,
      accuracy: mean(correct, true, (index) => isIn(bin, confidence[index]!)),
    })),
    accuracy_coverage: accuracyCoverage(confidence, correct).map(({ coverage, accuracy }) => ({
      coverage,
      accuracy,
    })),
  };
}

function isIn(bin: ReliabilityBin, confidence: number): boolean {
  return confidence > bin.low && confidence <= bin.high;
}
