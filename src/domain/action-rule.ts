import type { FailureCategory } from './failure-category.ts';

/** Where an issue is routed to be fixed. */
export const actionKinds = ['fine_tuning', 'guardrail', 'rag_index', 'prompt', 'backlog'] as const;
/** One destination of an issue. */
export type ActionKind = (typeof actionKinds)[number];

/** Routes an issue to a destination. The first rule whose conditions all hold applies; an absent condition holds. */
export interface ActionRule {
  readonly action: ActionKind;
  readonly categories?: readonly FailureCategory[];
  /** Feature requests only (true) or failures only (false). */
  readonly request?: boolean;
  /** Minimum number of events of the issue. */
  readonly minEvents?: number;
  /** Minimum mean confidence in the category, in [0, 1]. */
  readonly minConfidence?: number;
}

/**
 * Default routing: safety issues go to the guardrails, feature requests to the product backlog, knowledge gaps to
 * the retrieval index, frequent inaccuracy to the training data, format, style and relevance to the prompt, and
 * everything else to the backlog.
 */
export const defaultActionRules: readonly ActionRule[] = [
  { action: 'guardrail', categories: ['safety'] },
  { action: 'backlog', request: true },
  { action: 'rag_index', categories: ['coverage'] },
  { action: 'fine_tuning', categories: ['accuracy'], minEvents: 5 },
  { action: 'prompt', categories: ['format', 'style', 'relevance'] },
  { action: 'backlog' },
];
