/**
 * LLM-as-judge RLAIF from code: judge pairs, run jobs, reconcile votes, measure judges, gate models.
 *
 * @example
 * import { judgePairs } from 'quorate';
 *
 * const [result] = await judgePairs({
 *   judge: { provider: 'openai', model: 'gpt-5-mini' },
 *   pairs: [{
 *     prompt: 'What is the capital of Australia?',
 *     a: 'Sydney.',
 *     b: 'Canberra.',
 *   }],
 * });
 * console.log(result.preferred, result.probability, result.votes.length);
 *
 * @module quorate
 */
export type { AgreementReport } from '../analysis/agreement/agreement-report.ts';
export type { Leaderboard, LeaderboardRow } from '../analysis/leaderboard/rank-models.ts';
export type { Given } from '../app/analysis/given-records.ts';
export type { AgreementSettings } from '../app/analysis/measure-agreement-of-files.ts';
export {
  measureAgreement,
  type RankingRecords,
  type Records,
  rankModels,
  reconcile,
  type SimulateOptions,
  simulate,
} from '../app/analysis/of-records.ts';
export type { RankingSettings } from '../app/analysis/rank-models-of-files.ts';
export type {
  Simulation,
  SimulationSettings,
  SimulationSummary,
} from '../app/analysis/simulate-files.ts';
export type { AppContext, AppEvent } from '../app/context.ts';
export {
  type DefinedJob,
  type DefineOptions,
  defineJob,
  type JobInput,
  type JudgeInput,
  type RuleFunction,
} from '../app/define-job.ts';
export { type ExportInput, exportDataset } from '../app/exports/export-files.ts';
export { type GateInput, runGate } from '../app/gate/gate-from-code.ts';
export type { GateOutcome } from '../app/gate/run-gate.ts';
export {
  type JudgedPair,
  type JudgePairsInput,
  type JudgePairsOptions,
  judgePairs,
  type PairInput,
} from '../app/judge-pairs.ts';
export { planJob, type RunOptions, runJob } from '../app/library-run.ts';
export { loadPlugin } from '../app/load-plugin.ts';
export type { Parts } from '../app/parts.ts';
export type { RunOutcome } from '../app/run-job.ts';
export type { RunReport } from '../app/write-results.ts';
export { loadConstitution } from '../config/constitution/load-constitution.ts';
export { type Gate, loadGate } from '../config/gate/load-gate.ts';
export type { KnownParts } from '../config/job/job-schema.ts';
export { loadJob } from '../config/job/load-job.ts';
export { loadLoop } from '../config/loop/load-loop.ts';
export { loadRubric } from '../config/rubric/load-rubric.ts';
export type { ExportOutcome } from '../datasets/export-dataset.ts';
export type { DatasetFormat, RowOrReason } from '../datasets/formats/format.ts';
export type { Constitution, Principle } from '../domain/constitution.ts';
export {
  BudgetError,
  type BudgetScope,
  ConfigError,
  InputError,
  type Mistake,
  QuorateError,
  StoreError,
} from '../domain/errors.ts';
export type { FeedbackEvent, FeedbackKind, Interaction } from '../domain/feedback-event.ts';
export type { GateResult } from '../domain/gate.ts';
export { defaultGateSettings, type GateSettings } from '../domain/gate-settings.ts';
export type { Candidate, Item } from '../domain/item.ts';
export type { Job, JudgeSpec } from '../domain/job.ts';
export type { Experiment, LoopSpec } from '../domain/loop.ts';
export type { ChatMessage } from '../domain/message.ts';
export type { Preference, PreferenceStatus } from '../domain/preference.ts';
export { ProviderError, type ProviderErrorKind } from '../domain/provider-error.ts';
export type { Criterion, Rubric } from '../domain/rubric.ts';
export type { Rule, RuleSeverity } from '../domain/rule.ts';
export type {
  ListwiseVote,
  PairwiseVote,
  PointwiseVote,
  RaterKind,
  Vote,
  VoteOutcome,
} from '../domain/vote.ts';
export type { RunPlan } from '../engine/run/plan.ts';
export type { RunEnd } from '../engine/run/run-input.ts';
export { cleanFeedback } from '../feedback/cleaning/clean-feedback.ts';
export { routeIssues } from '../feedback/routing/route-issues.ts';
export { judgeReading } from '../feedback/understanding/judge-reading.ts';
export { understandFeedback } from '../feedback/understanding/understand-feedback.ts';
export { readItems } from '../files/items.ts';
export { readVotes } from '../files/votes.ts';
export {
  evaluateGate,
  type GateContext,
  type GateInput as GateEvidence,
} from '../gate/evaluation/evaluate-gate.ts';
export { GateTable } from '../gate/evaluation/gate-table.ts';
export { pairResponses, type ResponseSet } from '../gate/evaluation/pair-responses.ts';
export { readResponses } from '../gate/evaluation/read-responses.ts';
export { assignArm } from '../loop/experiment/assign-arm.ts';
export { type Readout, readOut } from '../loop/experiment/read-out.ts';
export { findSensitive } from '../privacy/find-sensitive.ts';
export { createRedactor } from '../privacy/redact.ts';
export type { RuleCheck } from '../raters/rules/rule-kinds.ts';
export type { ReconcileOptions, Reconciliation } from '../reconcile/reconcile.ts';
export { RegistryError } from '../registry/change-model.ts';
export { modelState } from '../registry/model-state.ts';
export { promoteVersion } from '../registry/promote-version.ts';
export { registerVersion } from '../registry/register-version.ts';
export { rollBack } from '../registry/roll-back.ts';
