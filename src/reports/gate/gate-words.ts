import type { GateAnswer, GateCriterionResult, GateResult } from '../../domain/gate.ts';
import { percentPoints } from '../../gate/decision/decide-criteria.ts';
import { nameOf } from '../../gate/decision/decide-gate.ts';

export { nameOf };

export const answerWords: Readonly<Record<GateAnswer, string>> = {
  pass: 'PASS',
  fail: 'FAIL',
  inconclusive: 'INCONCLUSIVE',
};

/** The verdict in one line: answer, candidate and baseline. */
export function headline({ candidate, baseline, answer }: GateResult): string {
  return `${answerWords[answer]}: ${modelName(candidate)} against ${modelName(baseline)}`;
}

export function modelName({ model, source }: GateResult['candidate']): string {
  return model ?? source;
}

/** `+4.2 % [+1.0 %, +7.4 %]`; empty where nothing was measured. */
export function withBounds({ measured }: GateCriterionResult): string {
  if (measured === null) return '';
  const [low, high] = measured.interval;
  return `${percentPoints(measured.improvement)} [${percentPoints(low)}, ${percentPoints(high)}]`;
}

/** What must be exceeded, in words. */
export function wanted({ test, threshold }: GateCriterionResult): string {
  return `${test === 'superiority' ? 'better than' : 'not worse than'} ${percentPoints(threshold)}`;
}

/** The method behind a number, and its uncorrected value where there is one. */
export function methodWords({ measured }: GateCriterionResult): string {
  if (measured === null) return '';
  const alone =
    measured.uncorrected === undefined
      ? ''
      : `; panel alone ${percentPoints(measured.uncorrected.improvement)}`;
  switch (measured.method) {
    case 'panel':
      return 'panel votes, uncorrected';
    case 'prediction_powered':
      return `corrected by ${measured.labels} labels (effective: ${Math.round(measured.effective_labels!)})${alone}`;
    case 'error_corrected':
      return `corrected for errors (sensitivity ${share(measured.sensitivity!)}, specificity ${share(measured.specificity!)})${alone}`;
    case 'length_controlled':
      return `at equal length${alone}`;
    case 'betting':
      return 'betting test, valid after every batch';
  }
}

export function share(value: number): string {
  return `${(value * 100).toFixed(1)} %`;
}

/** The smallest effect and the missing items, where they are known. */
export function reachWords({ measured, answer }: GateCriterionResult): string {
  if (measured === null || measured.minimum_detectable_effect === null) return '';
  const smallest = `detects differences from ${share(measured.minimum_detectable_effect)} on`;
  if (answer !== 'inconclusive') return smallest;
  const more =
    measured.more_items === null
      ? 'no number of items would decide'
      : `about ${measured.more_items} more items would decide`;
  return `${smallest}; ${more}`;
}

/** Counts of everything that is not a plain verdict, with quorum and cost. */
export function countWords({ counts, quorum, sequential, cost_usd: cost }: GateResult): string[] {
  const parts: [number, string][] = [
    [counts.ties, 'ties'],
    [counts.flips, 'verdicts that flipped with the order'],
    [counts.abstentions, 'abstentions'],
    [counts.errors, 'errors'],
    [counts.recused, 'recused (own family)'],
    [counts.unmatched, 'on other items or candidates'],
    [counts.unpaired_scores, 'scores of one side only, left out'],
    [counts.without_votes, 'items without an opinion'],
    [counts.only_candidate.length, 'items of the candidate only'],
    [counts.only_baseline.length, 'items of the baseline only'],
  ];
  const reported = parts.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]));
  const stop =
    sequential === null
      ? []
      : [
          `${sequential.items_judged} of ${counts.items + counts.not_judged} items asked in ${sequential.looks} looks${sequential.stopped_early ? ', stopped early' : ''}`,
        ];
  return [
    [`${counts.items} items, ${counts.votes} votes`, ...reported].join(', '),
    ...stop,
    `quorum: ${share(quorum.quorate_share)} of the items have ${quorum.raters} decisive rater${quorum.raters === 1 ? '' : 's'} (${share(quorum.share)} required)`,
    cost === null ? 'cost: some calls have no known price' : `cost: $${Number(cost.toPrecision(3))}`,
  ];
}

/** The basis of the numbers: labels, judges and rubrics. */
export function basisWords({ basis, has_llm_judge: llm, rubrics }: GateResult): string[] {
  return [
    basis === 'labelled'
      ? 'based on human labels or a calibration sample'
      : 'uncalibrated: these numbers show what the panel prefers, without labels',
    ...(llm ? [] : ['no LLM judge']),
    ...rubrics.map(({ id, version, hash }) =>
      id === hash
        ? `rubric ${hash.slice(0, 12)}`
        : `rubric ${id}${version === null ? '' : ` version ${version}`} (${hash.slice(0, 12)})`,
    ),
  ];
}
