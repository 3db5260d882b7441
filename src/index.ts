export { loadConstitution } from './config/constitution/load-constitution.ts';
export { type Gate, loadGate } from './config/gate/load-gate.ts';
export { loadJob } from './config/job/load-job.ts';
export { loadLoop } from './config/loop/load-loop.ts';
export { loadRubric } from './config/rubric/load-rubric.ts';
export type { Constitution, Principle } from './domain/constitution.ts';
export { ConfigError, InputError, type Mistake, QuorateError, StoreError } from './domain/errors.ts';
export type { FeedbackEvent, FeedbackKind } from './domain/feedback-event.ts';
export type { GateAnswer, GateCriterionResult, GateFloorResult, GateResult } from './domain/gate.ts';
export {
  defaultGateSettings,
  type GateCriterionSpec,
  type GateFloorSpec,
  type GateSettings,
} from './domain/gate-settings.ts';
export { defaultIntakeRules, type IntakeRules } from './domain/intake-rules.ts';
export type { Interaction } from './domain/interaction.ts';
export type { Candidate, Item } from './domain/item.ts';
export type { Job, JudgeSpec } from './domain/job.ts';
export type { Experiment, LoopSpec } from './domain/loop.ts';
export type { ChatMessage } from './domain/message.ts';
export type {
  GateEvidence,
  Lineage,
  ModelStage,
  RegistryEntry,
  VersionDraft,
} from './domain/model-version.ts';
export type { Preference, PreferenceStatus } from './domain/preference.ts';
export type { Criterion, Rubric } from './domain/rubric.ts';
export type { Rule, RuleCheck, RuleSeverity } from './domain/rule.ts';
export type {
  ListwiseVote,
  PairwiseVote,
  PointwiseVote,
  RaterKind,
  Vote,
  VoteOutcome,
} from './domain/vote.ts';

export {
  type Cleaning,
  type CleaningInput,
  type CleaningOptions,
  cleanFeedback,
} from './feedback/cleaning/clean-feedback.ts';
export type { CleaningReport } from './feedback/cleaning/cleaning-report.ts';
export { acceptEvent, acceptInteraction, type IntakeSettings } from './feedback/intake/accept-event.ts';
export { type AuthorKeys, readAuthorKeys } from './feedback/intake/author-keys.ts';
export { openEventRedactor } from './feedback/redact-event.ts';
export { type AlertDispatcherParts, openAlertDispatcher } from './feedback/routing/alert-dispatcher.ts';
export { routeIssues } from './feedback/routing/route-issues.ts';
export type { Issue } from './feedback/understanding/issue.ts';
export { judgeReading } from './feedback/understanding/judge-reading.ts';
export { type Understanding, understandFeedback } from './feedback/understanding/understand-feedback.ts';
export { evaluateGate, type GateContext, type GateInput } from './gate/evaluation/evaluate-gate.ts';
export { GateTable } from './gate/evaluation/gate-table.ts';
export { type PairedResponses, pairResponses, type ResponseSet } from './gate/evaluation/pair-responses.ts';
export type { PairedItem } from './gate/evaluation/paired-item.ts';
export { type Response, readResponses } from './gate/evaluation/read-responses.ts';
export { armLabel, assignArm } from './loop/experiment/assign-arm.ts';
export { type Readout, readOut } from './loop/experiment/read-out.ts';
export type { AlertDispatcher } from './ports/alert-dispatcher.ts';
export type { ChatCapabilities, ChatModel, ChatReply, ChatRequest } from './ports/chat-model.ts';
export type { ModelRegistry } from './ports/model-registry.ts';
export type { Rater, RaterTask, TaskContext } from './ports/rater.ts';
export type { Passage, Retriever } from './ports/retriever.ts';
export { type FindSensitiveOptions, findSensitive, type SensitiveSpan } from './privacy/find-sensitive.ts';
export { createRedactor, type Redaction } from './privacy/redact.ts';
export { type FactRaterOptions, openFactRater } from './raters/facts/fact-rater.ts';
export { type KnowledgeGap, KnowledgeGaps } from './raters/facts/knowledge-gaps.ts';
export { createJudge } from './raters/llm/create-judge.ts';
export type { JudgeOptions } from './raters/llm/judge.ts';
export { parseVerdict } from './raters/llm/verdict/parse-verdict.ts';
export type { ParsedVerdict, ReadOptions, UnparsedReason } from './raters/llm/verdict/parsed-verdict.ts';
export { openRuleRater, type RuleRaterOptions } from './raters/rules/rule-rater.ts';
export type { ReconcileReport } from './reconcile/conclude/report-of.ts';
export {
  type ReconcileInput,
  type ReconcileOptions,
  type Reconciliation,
  reconcile,
} from './reconcile/reconcile.ts';
export { type ModelState, type ModelVersion, modelState } from './registry/model-state.ts';
export { type Promotion, type PromotionRequest, promoteVersion } from './registry/promote-version.ts';
export { registerVersion } from './registry/register-version.ts';
export { rollBack } from './registry/roll-back.ts';
export { openSqliteFeedbackStore } from './store/sqlite/feedback/sqlite-feedback-store.ts';
export { openSqliteRegistry } from './store/sqlite/sqlite-registry.ts';
