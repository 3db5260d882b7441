import type { FailureCategory } from './failure-category.ts';

/** Where a complaint goes to be mended. */
export const actionKinds = ['fine_tuning', 'guardrail', 'rag_index', 'prompt', 'backlog'] as const;
export type ActionKind = (typeof actionKinds)[number];

/** The first rule whose conditions all hold decides; a condition that is left out holds. */
export interface ActionRule {
  readonly action: ActionKind;
  readonly categories?: readonly FailureCategory[];
  /** Wishes only, or failures only. */
  readonly request?: boolean;
  /** Events that the issue must have. */
  readonly minEvents?: number;
  /** Mean confidence that its category must have. */
  readonly minConfidence?: number;
}

/**
 * Wishes go to the product backlog, safety to the guardrails, knowledge gaps to the retrieval index, frequent
 * inaccuracy to the training data, format and the like to the prompt or template; the rest waits in the backlog.
 */
export const defaultActionRules: readonly ActionRule[] = [
  { action: 'guardrail', categories: ['safety'] },
  { action: 'backlog', request: true },
  { action: 'rag_index', categories: ['coverage'] },
  { action: 'fine_tuning', categories: ['accuracy'], minEvents: 5 },
  { action: 'prompt', categories: ['format', 'style', 'relevance'] },
  { action: 'backlog' },
];
